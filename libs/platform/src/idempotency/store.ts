/** The first answer to a keyed request. */
export interface RememberedAnswer {
  /** Hash of the request's body; another hash under the same id is a reused key. */
  readonly requestHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null where the answer had no body. */
  readonly body: string | null;
}

/** An answer on its way into the store. */
export interface Remembering {
  /** UUID made from tenant, route and key. */
  readonly id: string;
  readonly tenant: string;
  readonly answer: RememberedAnswer;
}

/** Keeps answers for at least seven days. */
export interface IdempotencyStore {
  /** @param id UUID made from tenant, route and key */
  find(id: string): Promise<RememberedAnswer | undefined>;
  /** Which of these ids no answer is written of. One that is to be written soon counts as missing: the process may end before. */
  missing(ids: readonly string[]): Promise<readonly string[]>;
  /** Keeps the first answer of an id and resolves with the one kept, which is another process's when that was first. */
  remember(id: string, tenant: string, answer: RememberedAnswer): Promise<RememberedAnswer>;
  /**
   * As `remember`, for an answer that a repeat would get without it: this process finds it from now on, and writes it soon. If a crash
   * loses it, the repeat computes it again. Resolves at once, except when too many answers wait to be written.
   */
  rememberSoon(id: string, tenant: string, answer: RememberedAnswer): Promise<void>;
  /** Resolves when what was to be written soon is written, or cannot be. */
  settled(): Promise<void>;
}
