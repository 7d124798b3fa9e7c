import { uuidOf } from '@holdfast/kit';
import type { ListingWrite, Outcome } from '../../write.js';
import type { ItemLevels } from '../api/levels.js';
import { figureOf } from '../read.js';

/** Units to be set at one place, against the figure that is thought to be there. */
export interface Pair {
  readonly listing: OpenListing;
  readonly remoteId: string;
  readonly quantity: number;
  /** Undefined until it was read. */
  compare: number | undefined;
  /** False where a reading found that the place does not stock the item. */
  stocked: boolean;
}

/** One listing of a write on its way to an outcome. */
export class OpenListing {
  readonly pairs: readonly Pair[];
  outcome: Outcome | undefined;
  /** Grows where a key of idempotency was used up by a failure. */
  round: number;
  /** Why it has to be read before it is set; undefined where it has not. */
  toRead: 'unknown' | 'stale' | 'unseen' | undefined;

  constructor(readonly write: ListingWrite) {
    const known = new Map(write.known?.parts.map(({ remoteId, quantity }) => [remoteId, quantity]));
    this.pairs = write.parts.map(({ remoteId, quantity }) => ({
      listing: this,
      remoteId,
      quantity,
      compare: known.get(remoteId),
      stocked: true,
    }));
    this.round = typeof write.memo?.['round'] === 'number' ? write.memo['round'] : 0;
    if (this.pairs.some(({ compare }) => compare === undefined)) this.toRead = 'unknown';
  }

  get id(): string {
    return this.write.listingId;
  }

  /** Places to be set now. An empty place that does not stock the item shows what it should already. */
  get due(): readonly Pair[] {
    return this.pairs.filter(({ stocked, quantity }) => stocked || quantity > 0);
  }

  /**
   * Takes in what the shop shows. Where that is not what was known before, somebody else wrote: the outcome is a conflict, unless the figure is
   * already the one wanted. Where nothing was known, what was read is what the next write compares with.
   */
  see({ tracked, available }: ItemLevels): void {
    const why = this.toRead;
    this.toRead = undefined;
    if (!tracked) {
      this.outcome = { kind: 'rejected_permanent', code: 'untracked', says: 'Shopify does not track the quantity of this item' };
      return;
    }
    // Below nothing, where more was sold than there was, is nothing for sale as well.
    const shown = (remoteId: string): number => Math.max(available.get(remoteId) ?? 0, 0);
    if (this.pairs.every(({ remoteId, quantity }) => shown(remoteId) === quantity)) {
      this.outcome = { kind: 'applied' };
      return;
    }
    const isAsKnown = this.pairs.every(({ remoteId, compare }) => compare === undefined || Math.max(compare, 0) === shown(remoteId));
    if (why === 'stale' && this.write.known !== null && !isAsKnown) {
      this.outcome = { kind: 'conflict', observed: figureOf(available) };
      return;
    }
    // The key belongs to the call that changed nothing: under it the shop would only say the same again.
    if (why === 'unseen') this.round += 1;
    for (const pair of this.pairs) {
      const there = available.get(pair.remoteId) ?? null;
      pair.compare = there ?? 0;
      pair.stocked = there !== null;
    }
  }
}

/** The same content has the same key, so a call that is made again after its answer was lost is known to the vendor. */
export function keyOf(channelId: string, pairs: readonly Pair[]): string {
  const content = pairs.map(({ listing, remoteId, quantity, compare }) => [
    listing.id,
    listing.write.version,
    listing.round,
    remoteId,
    quantity,
    compare ?? null,
  ]);
  return uuidOf(JSON.stringify([channelId, content]));
}
