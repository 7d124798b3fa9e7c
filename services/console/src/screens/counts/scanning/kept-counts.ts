import { ApiError } from '@holdfast/client';

/** A count of one line that was made, with the key under which it is sent: however often it is, it counts once. */
export interface KeptCount {
  readonly key: string;
  /** Whose it is; another person who signs in here does not send it. */
  readonly owner: string;
  readonly batchId: string;
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly madeAt: number;
  /** Code with which it was refused; it is not sent again. */
  readonly refused?: string;
}

/** Where counts wait to be sent. */
export interface CountStore {
  /** Of one person, oldest first. */
  all(owner: string): Promise<readonly KeptCount[]>;
  put(count: KeptCount): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What became of a count that was sent: taken, refused with a code, or unknown as there was no answer. */
export type Sent = 'taken' | 'unknown' | { readonly refused: string };

/** Statuses of 4xx that say nothing about the count: it is sent again, once somebody has signed in or the limit is over. */
const LATER: readonly number[] = [401, 408, 429];

/** What a fault of sending says: a refusal is final, but not one for now, while another works on the same or a view is behind. */
export function afterFault(error: unknown): Sent {
  if (!(error instanceof ApiError)) return 'unknown';
  const { status, code } = error;
  const isForNow = status >= 500 || LATER.includes(status) || code.endsWith('_busy') || code === 'position_not_reached';
  return isForNow ? 'unknown' : { refused: code };
}

/**
 * Sends what waits, oldest first, and stops at the first without an answer: that one is sent again under the same key.
 * @returns how many were taken
 */
export async function sendKept(store: CountStore, owner: string, send: (count: KeptCount) => Promise<Sent>): Promise<number> {
  let taken = 0;
  for (const count of await store.all(owner)) {
    if (count.refused !== undefined) continue;
    const sent = await send(count);
    if (sent === 'unknown') break;
    if (sent === 'taken') {
      taken += 1;
      await store.remove(count.key);
    } else await store.put({ ...count, refused: sent.refused });
  }
  return taken;
}
