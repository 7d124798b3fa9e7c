import type { Figure } from './figures.js';
import type { AccountVerdict } from './write.js';

/** What a channel tells of itself. Each may come twice, late, or before what it is about. Times are epoch milliseconds. */
export type ChannelEvent =
  | {
      readonly kind: 'order';
      readonly orderId: string;
      readonly at: number;
      readonly lines: readonly OrderedLine[];
    }
  /** The order was cancelled, wholly where no lines are named. `cancelId` names this cancellation; the same again changes nothing. */
  | {
      readonly kind: 'cancel';
      readonly orderId: string;
      readonly cancelId: string;
      readonly at: number;
      /** Units cancelled in all so far, by line; null for all that were ordered. */
      readonly lines: readonly { readonly lineId: string; readonly quantity: number }[] | null;
    }
  /** Units given back. `restock`: whether they are for sale again. */
  | {
      readonly kind: 'refund';
      readonly orderId: string;
      readonly refundId: string;
      readonly at: number;
      readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly restock: boolean }[];
    }
  /** The channel shows this figure, whoever set it; also the echo of our own writes. Parts that are not named are unchanged. */
  | {
      readonly kind: 'figure';
      readonly listingId: string;
      readonly at: number;
      readonly figure: Figure;
      /** Whether the figure is of the named places alone. */
      readonly partial: boolean;
    }
  /** An accepted write came to its end: `confirm` is asked now. */
  | { readonly kind: 'settled'; readonly reference: string }
  /** The merchant removed the app, or the account is closed. */
  | { readonly kind: 'gone'; readonly says: string };

export interface OrderedLine {
  readonly lineId: string;
  readonly listingId: string;
  readonly quantity: number;
  /** Place that ships it, where the vendor says so. */
  readonly remoteId: string | null;
}

/** A request to `/hooks/{channelId}` with its body as it came. Header names in lower case. */
export interface HookRequest {
  readonly method: 'GET' | 'POST';
  /** Public address of the hook without query, as the vendor knows it. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export type HookReading =
  /** Answered with this body and nothing else follows: a vendor's check of the address. */
  | { readonly kind: 'challenge'; readonly body: unknown }
  /** The signature holds. `messageId` is the vendor's id of the message, for dropping twins; events follow from `events`. */
  | { readonly kind: 'verified'; readonly messageId: string; readonly events: readonly ChannelEvent[] }
  /** The signature is missing, wrong or old. Counted; nothing of the body is used. */
  | { readonly kind: 'refused'; readonly says: string }
  /** Signed, but not understood: kept out, counted and shown. */
  | { readonly kind: 'unreadable'; readonly messageId: string; readonly says: string };

/** A page of what happened at the channel since the cursor. */
export interface PollResult {
  readonly account: AccountVerdict;
  readonly events: readonly ChannelEvent[];
  /** Where the next poll goes on; stored in one transaction with the events. Unchanged where nothing is known. */
  readonly cursor: string | null;
  /** Whether there is more at once. */
  readonly more: boolean;
  /**
   * Set where with this page all orders are read that the vendor lists up to so many milliseconds before this call. A figure that was lower than ours
   * before that is then explained by an order, or it is an edit.
   */
  readonly ordersBehindMs?: number;
  /** Called once the events are stored in the inbox together with the cursor, e.g. to delete messages of a queue. Never rejects. */
  readonly done?: () => Promise<void>;
}
