import { keyOf, type ChannelRef } from '../../../accounts/channel-ref.js';
import type { HeldChannel, WriterLeases } from '../delivery-store.js';
import type { MemoryChannels } from './memory-channels.js';
import type { ChannelRow, ListingRow } from './rows.js';

/** An accepted write that excludes others keeps its listing out until it is confirmed, an open conflict until a person decided it. */
export const mayBeWritten = ({ pending, conflictId }: ListingRow): boolean => pending?.exclusive !== true && conflictId === null;

export class MemoryLeases implements WriterLeases {
  constructor(
    private readonly channels: MemoryChannels,
    private readonly owner: string,
    private readonly leaseMs: number,
  ) {}

  waiting(limit: number, written: readonly ChannelRef[] = []): Promise<readonly ChannelRef[]> {
    const here = new Set(written.map(keyOf));
    const found = this.channels
      .all()
      .filter((row) => this.isOpen(row) && this.isMine(row) && !here.has(keyOf(row)))
      .map((row) => ({ row, since: this.waitingSince(row) }))
      .filter(({ since }) => since < Number.POSITIVE_INFINITY)
      .sort((one, other) => one.since - other.since);
    return Promise.resolve(found.slice(0, limit).map(({ row: { tenant, channelId } }) => ({ tenant, channelId })));
  }

  take(of: ChannelRef): Promise<HeldChannel | undefined> {
    const now = this.channels.now();
    const row = this.channels.channel(of);
    if (row === undefined || !this.isOpen(row) || !this.isMine(row)) return Promise.resolve(undefined);
    // While most of the lease is left it is not prolonged.
    if (row.owner !== this.owner || (row.leaseUntil ?? 0) <= now + this.leaseMs * 0.6) {
      row.owner = this.owner;
      row.leaseUntil = now + this.leaseMs;
    }
    return Promise.resolve({ ...row });
  }

  releaseAll(): Promise<void> {
    for (const row of this.channels.all()) if (row.owner === this.owner) Object.assign(row, { owner: null, leaseUntil: null });
    return Promise.resolve();
  }

  private isOpen({ gone, retryAt }: ChannelRow): boolean {
    return !gone && (retryAt === null || retryAt <= this.channels.now());
  }

  private isMine({ owner, leaseUntil }: ChannelRow): boolean {
    return owner === this.owner || leaseUntil === null || leaseUntil < this.channels.now();
  }

  private waitingSince(row: ChannelRow): number {
    const now = this.channels.now();
    const times = this.channels.listings(row).flatMap((listing) => {
      const due = mayBeWritten(listing) && (row.syncInventory || listing.forced) ? listing.dueAt : null;
      return [due, listing.pending?.checkAt ?? null].filter((at) => at !== null && at <= now);
    });
    return Math.min(...times.map(Number));
  }
}
