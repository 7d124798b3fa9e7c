/** A moment of a run: time in epoch milliseconds, and the position of the newest event of the log (-1 for none). */
export interface Moment {
  readonly time: number;
  readonly head: number;
}

export interface RequestedLine {
  readonly sku: string;
  readonly quantity: number;
}

/** A request of a simulated caller. `name` is the same for every repeat of it. */
export type CallerRequest =
  | {
      readonly kind: 'reserve';
      readonly name: string;
      readonly orderId: string;
      readonly lines: readonly RequestedLine[];
      readonly ttlMs: number;
      readonly partial: boolean;
      /** Whether missing units may wait for supply. */
      readonly backorder?: boolean;
      readonly locationId?: string;
      readonly channelId?: string;
      readonly holderId?: string;
      /** The same order and lines were requested before under another name. */
      readonly again?: boolean;
    }
  | {
      readonly kind: 'commit' | 'release' | 'extend';
      readonly name: string;
      readonly reservationId: string;
      readonly lines?: readonly RequestedLine[];
      readonly ttlMs?: number;
    }
  /** A change of stock, and the events of one type that must be in the log after it was confirmed; none if it need not change anything. */
  | { readonly kind: 'stock'; readonly name: string; readonly sku: string; readonly event: string; readonly eventNames: readonly string[] };

export interface AnsweredLine {
  readonly sku: string;
  readonly quantity: number;
  readonly committed: number;
  /** Released while the rest stayed held. */
  readonly released: number;
  /** Units that wait for supply. */
  readonly waiting: number;
}

export type Reply =
  | {
      readonly kind: 'reservation';
      readonly reservationId: string;
      readonly status: string;
      readonly expiresAt: number;
      readonly lines: readonly AnsweredLine[];
      readonly position: number;
    }
  /** A change of stock that was accepted; `changed` is false if it had happened before. */
  | { readonly kind: 'done'; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly details: readonly Readonly<Record<string, unknown>>[] }
  /** No answer, or an answer that the outcome is unknown. */
  | { readonly kind: 'unknown' }
  /** An undeclared error. */
  | { readonly kind: 'failed'; readonly message: string };

export interface Exchange {
  readonly request: CallerRequest;
  readonly reply: Reply;
  readonly asked: Moment;
  readonly answered: Moment;
}
