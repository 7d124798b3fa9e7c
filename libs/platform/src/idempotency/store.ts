/** The first answer to a keyed request. */
export interface RememberedAnswer {
  /** Hash of the request's body; another hash under the same id is a reused key. */
  readonly requestHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null where the answer had no body. */
  readonly body: string | null;
}

/** Keeps answers for at least seven days. */
export interface IdempotencyStore {
  /** @param id UUID made from tenant, route and key */
  find(id: string): Promise<RememberedAnswer | undefined>;
  /** Keeps the first answer of an id and resolves with the one kept, which is another process's when that was first. */
  remember(id: string, tenant: string, answer: RememberedAnswer): Promise<RememberedAnswer>;
}
