/** A moment of a run: time in epoch milliseconds, and the position of the newest event of the log (-1 for none). */
export interface Moment {
  readonly time: number;
  readonly head: number;
}

export interface WishedLine {
  readonly sku: string;
  readonly quantity: number;
}

/** What a caller asked for. `name` is the same for every time the same thing was asked. */
export type Wish =
  | {
      readonly kind: 'reserve';
      readonly name: string;
      readonly orderId: string;
      readonly lines: readonly WishedLine[];
      readonly ttlMs: number;
      readonly partial: boolean;
      /** Whether what is missing may wait for supply. */
      readonly backorder?: boolean;
      readonly locationId?: string;
      readonly channelId?: string;
      readonly holderId?: string;
      /** Asked under another name before, for the same order and lines. */
      readonly again?: boolean;
    }
  | {
      readonly kind: 'commit' | 'release' | 'extend';
      readonly name: string;
      readonly reservationId: string;
      readonly lines?: readonly WishedLine[];
      readonly ttlMs?: number;
    }
  /** A change of stock, and the event that must stand in the log once it was said to have happened; empty where it need not change anything. */
  | { readonly kind: 'stock'; readonly name: string; readonly sku: string; readonly event: string; readonly eventName: string };

export interface AnsweredLine {
  readonly sku: string;
  readonly quantity: number;
  readonly committed: number;
  /** Let go while the rest stayed held. */
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
  /** A change of stock that was accepted; `changed` is false where it was said to have happened before. */
  | { readonly kind: 'done'; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly details: readonly Readonly<Record<string, unknown>>[] }
  /** No answer, or that the outcome is unknown. */
  | { readonly kind: 'unknown' }
  /** An error that nobody declared. */
  | { readonly kind: 'failed'; readonly message: string };

export interface Exchange {
  readonly wish: Wish;
  readonly reply: Reply;
  readonly asked: Moment;
  readonly answered: Moment;
}
