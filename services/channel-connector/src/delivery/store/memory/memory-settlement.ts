import type { BackOff } from '@holdfast/kit';
import type { ChannelRef } from '../../../accounts/channel-ref.js';
import type { Figure } from '../../../providers/figures.js';
import { CONFLICT_COMPARED_MS, type SettledListing } from '../../settled.js';
import type { Settlement } from '../delivery-store.js';
import type { MemoryChannels } from './memory-channels.js';
import type { ChannelRow, ListingRow, PendingRow } from './rows.js';

const isTaken = ({ kind }: SettledListing): boolean => kind === 'applied' || kind === 'accepted';

/** Neither an older figure than the one taken, nor a failure of one that was taken meanwhile. */
function counts({ sentVersion, dueAt }: ListingRow, entry: SettledListing): boolean {
  if (sentVersion === null || sentVersion < entry.version) return true;
  return isTaken(entry) ? sentVersion === entry.version : dueAt !== null;
}

export class MemorySettlement implements Settlement {
  constructor(
    private readonly channels: MemoryChannels,
    private readonly owner: string,
    private readonly backOff: BackOff,
  ) {}

  settle(channel: ChannelRef, listings: readonly SettledListing[], healthy: boolean): Promise<void> {
    const own = this.ownChannel(channel);
    if (own === undefined) return Promise.resolve();
    for (const { row, entry } of this.rowsOf(channel, listings)) if (counts(row, entry)) this.settleOne(row, entry);
    if (healthy) Object.assign(own, { failures: 0, retryAt: null, fault: null });
    return Promise.resolve();
  }

  confirm(channel: ChannelRef, listings: readonly SettledListing[]): Promise<void> {
    if (this.ownChannel(channel) === undefined) return Promise.resolve();
    for (const { row, entry } of this.rowsOf(channel, listings))
      if (row.pending !== null && row.pending.version === entry.version && entry.kind !== 'not_sent')
        this.confirmOne(row, row.pending, entry);
    return Promise.resolve();
  }

  readBack(channel: ChannelRef, figures: ReadonlyMap<string, Figure>): Promise<void> {
    if (this.ownChannel(channel) === undefined) return Promise.resolve();
    for (const row of this.channels.listings(channel)) {
      const figure = row.listingId === null ? undefined : figures.get(row.listingId);
      if (figure === undefined) continue;
      row.unsure = false;
      row.shown = figure;
      row.shownAt = this.channels.now();
    }
    return Promise.resolve();
  }

  pause(channel: ChannelRef, fault: string, pauseMs: number): Promise<void> {
    return this.paused(channel, { fault, retryAt: this.channels.now() + pauseMs });
  }

  wait(channel: ChannelRef, says: string, waitMs: number): Promise<void> {
    return this.paused(channel, { fault: says, retryAt: this.channels.now() + waitMs }, 0);
  }

  gone(channel: ChannelRef, fault: string): Promise<void> {
    return this.paused(channel, { fault, retryAt: null, gone: true });
  }

  private paused(channel: ChannelRef, changes: Partial<ChannelRow>, failures = 1): Promise<void> {
    const own = this.ownChannel(channel);
    if (own !== undefined) Object.assign(own, { gone: false, ...changes, failures: own.failures + failures });
    return Promise.resolve();
  }

  private settleOne(row: ListingRow, entry: SettledListing): void {
    const taken = isTaken(entry);
    const isNewer = row.version > entry.version;
    if (taken) {
      if (row.sentVersion !== entry.version) row.priorQuantity = row.shown?.quantity ?? null;
      row.sentQuantity = entry.quantity;
      row.sentVersion = entry.version;
    }
    if (taken || entry.kind === 'unknown') row.told.push(entry.quantity);
    this.show(row, entry);
    row.unsure = entry.kind === 'unknown' || (entry.kind === 'not_sent' && row.unsure);
    if (entry.kind !== 'not_sent') row.pending = entry.kind === 'accepted' ? this.pendingOf(entry) : null;
    row.fault = taken || entry.kind === 'conflict' || entry.kind === 'deferred' ? null : entry.says;
    const now = this.channels.now();
    if (taken) row.dueAt = isNewer ? now : null;
    else if (entry.kind !== 'not_sent') row.dueAt = row.urgent && isNewer ? now : now + this.pauseMs(row, entry);
    if (taken) row.attempts = 0;
    else if (entry.kind !== 'deferred') row.attempts += 1;
    row.forced &&= !taken || isNewer;
    row.urgent &&= !taken || isNewer;
    row.memo = entry.memo ?? row.memo;
  }

  private confirmOne(row: ListingRow, pending: PendingRow, entry: SettledListing): void {
    const taken = isTaken(entry);
    const now = this.channels.now();
    this.show(row, entry);
    row.unsure = entry.kind === 'unknown';
    row.pending = entry.kind === 'accepted' ? { ...pending, exclusive: pending.exclusive, checkAt: now + (entry.checkMs ?? 0) } : null;
    if (!taken) {
      row.fault = entry.kind === 'conflict' ? null : entry.says;
      row.dueAt = Math.min(row.dueAt ?? Number.POSITIVE_INFINITY, now + this.pauseMs(row, entry));
      row.attempts += 1;
    }
    row.memo = entry.memo ?? row.memo;
  }

  /** Where the outcome tells what the channel shows. */
  private show(row: ListingRow, { kind, quantity, parts, observed }: SettledListing): void {
    const shown = kind === 'applied' ? { quantity, parts } : kind === 'conflict' ? observed : null;
    if (shown === null) return;
    row.shown = shown;
    row.shownAt = this.channels.now();
  }

  private pendingOf({ reference, version, quantity, parts, exclusive, checkMs }: SettledListing): PendingRow {
    return {
      reference: reference ?? '',
      version,
      figure: { quantity, parts },
      exclusive,
      checkAt: this.channels.now() + (checkMs ?? 0),
    };
  }

  /** Grows with the failures in a row of the listing. The first lost answer is looked at once more at once. */
  private pauseMs({ attempts }: ListingRow, { kind, retryMs }: SettledListing): number {
    const { firstMs, mostMs } = this.backOff;
    if (retryMs !== null) return retryMs;
    if (kind === 'conflict') return CONFLICT_COMPARED_MS;
    if (kind === 'rejected_permanent') return mostMs;
    if (kind !== 'rejected_retryable' && attempts === 0) return 0;
    return Math.min(mostMs, firstMs * 2 ** Math.min(attempts, 20));
  }

  private ownChannel(of: ChannelRef): ChannelRow | undefined {
    const row = this.channels.channel(of);
    return row?.owner === this.owner ? row : undefined;
  }

  private rowsOf(channel: ChannelRef, listings: readonly SettledListing[]): readonly { row: ListingRow; entry: SettledListing }[] {
    return listings.flatMap((entry) => {
      const row = this.channels.listing(channel, entry.sku);
      return row?.listingId === entry.listingId ? [{ row, entry }] : [];
    });
  }
}
