import type { Backlog } from '../../../providers/provider.js';
import { figureToSend } from '../../figure-to-send.js';
import type { DueListing, DueListings, DueOf, PendingListing } from '../delivery-store.js';
import type { MemoryChannels } from './memory-channels.js';
import { mayBeWritten } from './memory-leases.js';
import type { ListingRow } from './rows.js';

type Due = ListingRow & { readonly listingId: string; readonly quantity: number; readonly dueAt: number };

/** The first that tells two listings apart decides. */
const before = (one: Due, other: Due): number =>
  Number(other.urgent) - Number(one.urgent) ||
  Number(other.urgent && other.figure === 0) - Number(one.urgent && one.figure === 0) ||
  one.dueAt - other.dueAt ||
  (one.sku < other.sku ? -1 : 1);

export class MemoryDueListings implements DueListings {
  constructor(private readonly channels: MemoryChannels) {}

  backlog(channel: DueOf): Promise<Backlog> {
    const rows = this.dueRows(channel);
    return Promise.resolve({ due: rows.length, urgent: rows.filter(({ urgent }) => urgent).length });
  }

  due(channel: DueOf, mostUnits: number, limit: number): Promise<readonly DueListing[]> {
    const isAsTaken = this.channels.channel(channel)?.revision === channel.revision;
    const rows = isAsTaken ? [...this.dueRows(channel)].sort(before).slice(0, limit) : [];
    return Promise.resolve(
      rows.map(({ listingId, sku, version, urgent, unsure, memo, shown, quantity, parts }) => ({
        listingId,
        sku,
        version,
        urgent,
        unsure,
        memo,
        known: shown,
        ...figureToSend(quantity, parts, channel.locations, mostUnits),
      })),
    );
  }

  pending(
    { syncInventory, ...channel }: Pick<DueOf, 'tenant' | 'channelId' | 'syncInventory'>,
    limit: number,
  ): Promise<readonly PendingListing[]> {
    const now = this.channels.now();
    const found = this.channels.listings(channel).flatMap(({ sku, listingId, memo, pending, forced, conflictId, version: newest }) => {
      if (pending === null || pending.checkAt > now || listingId === null) return [];
      const { reference, version, figure, checkAt } = pending;
      const mayBeSent = (syncInventory || forced) && version === newest && conflictId === null;
      return [{ checkAt, one: { sku, listingId, memo, reference, version, mayBeSent, ...figure } }];
    });
    const first = found.sort((one, other) => one.checkAt - other.checkAt).slice(0, limit);
    return Promise.resolve(first.map(({ one }) => one));
  }

  private dueRows({ syncInventory, ...of }: DueOf): readonly Due[] {
    const now = this.channels.now();
    const isDue = (row: ListingRow): row is Due =>
      row.dueAt !== null && row.dueAt <= now && row.listingId !== null && row.quantity !== null && (syncInventory || row.forced);
    return this.channels.listings(of).filter(isDue).filter(mayBeWritten);
  }
}
