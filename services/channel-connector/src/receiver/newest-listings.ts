import type { ListingUpdate } from '../providers/webhook/webhook-message.js';

/** Ids remembered to recognise a message that comes again. */
const MAX_IDS = 1_000;

/** What a receiver knows: messages may come twice and, after a writer was replaced, late; versions tell which figure is the newest. */
export class NewestListings {
  readonly listings = new Map<string, ListingUpdate>();
  private readonly seen = new Set<string>();
  private taken = 0;

  get messages(): number {
    return this.taken;
  }

  take(messageId: string, updates: readonly ListingUpdate[]): void {
    if (this.seen.has(messageId)) return;
    this.remember(messageId);
    this.taken += 1;
    for (const update of updates) {
      const known = this.listings.get(update.listingId);
      if (known === undefined || known.version <= update.version) this.listings.set(update.listingId, update);
    }
  }

  private remember(messageId: string): void {
    this.seen.add(messageId);
    if (this.seen.size <= MAX_IDS) return;
    const [oldest] = this.seen;
    if (oldest !== undefined) this.seen.delete(oldest);
  }
}
