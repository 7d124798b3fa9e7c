import {
  actionOn,
  driftBetween,
  figureToSend,
  seenIn,
  type Accounts,
  type ChannelRef,
  type Figure,
  type ListingRow,
  type MappedListing,
} from '@holdfast/channel-connector';
import type { ChannelWorld } from './world.js';

export interface Comparing {
  readonly world: ChannelWorld;
  readonly accounts: Pick<Accounts, 'open'>;
  readonly asks: <Result>(work: () => Result) => Promise<Result>;
  readonly wake: () => void;
}

/** Figures that are compared, of those told before. */
const MOST_EARLIER = 20;

/** A reconcile of one channel: the product's rules of what a difference is and of what follows from it, on what the simulation keeps. */
export async function compareChannel({ world, accounts, asks, wake }: Comparing, of: ChannelRef): Promise<void> {
  const { channels, auditor, plant } = world;
  const vendor = world.vendor(of.channelId);
  const stored = await asks(() => channels.channel(of));
  if (stored === undefined) return;
  const { provider, account } = accounts.open(stored, new AbortController().signal);
  const listings = await asks(() =>
    channels.listings(of).flatMap((row) => mappedListing(row, stored.conflictStrategy, stored.locations, provider.mostUnits)),
  );
  const size = account.batch({ due: 0, urgent: 0 });
  for (let from = 0; from < listings.length; from += size) {
    const some = listings.slice(from, from + size);
    const read = await account.read?.(some.map(({ listingId }) => listingId));
    if (read === undefined || read.account.kind !== 'ok') return;
    for (const listing of some) {
      const shown = read.figures.get(listing.listingId);
      if (shown === undefined || shown === null) continue;
      const changes = vendor.listings.get(listing.listingId)?.changes ?? [];
      const setter = changes.findLast(({ quantity }) => quantity === shown.quantity);
      await asks(() => {
        const found = (plant?.drift ?? driftBetween)(listing, shown);
        const underWay = found !== undefined && isUnderWay(world, of, listing);
        channels.confirmShown(of, seenIn([{ listing, shown, drift: found, isUnderWay: underWay, isExplained: false }]));
        if (found === undefined || underWay) return;
        auditor.classified(of.channelId, listing, found, setter);
        const action = actionOn({
          class: found,
          strategy: listing.strategy,
          ours: listing.wanted,
          theirs: shown.quantity,
          isSettled: true,
        });
        if (action === 'told again') channels.tellAgain(of, [{ sku: listing.sku, listingId: listing.listingId, shown }]);
        if (action === 'waits for a decision') channels.openConflict(of, listing.sku, shown, `conflict ${listing.sku}`);
      });
    }
  }
  wake();
}

/** Figures of ours changed while the channel was read, or a write may be under way: what it showed may be ours. */
function isUnderWay({ channels }: ChannelWorld, of: ChannelRef, listing: MappedListing): boolean {
  const [row, channel, now] = [channels.listing(of, listing.sku), channels.channel(of), channels.now()];
  if (row === undefined || channel === undefined) return true;
  const isChanged = String(row.version) !== listing.version || String(row.sentVersion) !== String(listing.toldVersion) || row.unsure;
  const isDue = row.dueAt !== null && row.dueAt <= now && row.conflictId === null;
  return isChanged || (isDue && (channel.leaseUntil ?? 0) > now);
}

function mappedListing(
  row: ListingRow,
  strategy: MappedListing['strategy'],
  locations: Parameters<typeof figureToSend>[2],
  mostUnits: number,
): readonly MappedListing[] {
  const { sku, listingId, quantity, parts, recentPlaces, version, sentVersion, shown } = row;
  if (listingId === null || quantity === null) return [];
  const figure: Figure = figureToSend(quantity, parts, locations, mostUnits);
  const earlier = row.told.toReversed().slice(0, MOST_EARLIER);
  return [
    {
      sku,
      listingId,
      figure,
      wanted: figure.quantity,
      told: row.sentQuantity,
      prior: row.priorQuantity,
      earlier: [...earlier.filter((units, index) => index > 0 || units !== row.sentQuantity), ...row.recent],
      earlierPlaces: recentPlaces.map((one) => figureToSend(one.quantity, one.parts, locations, mostUnits)),
      isDue: sentVersion !== version,
      isPending: row.pending !== null,
      isUndone: row.pending === null && shown === null,
      strategy,
      version: String(version),
      toldVersion: sentVersion === null ? null : String(sentVersion),
      shown,
    },
  ];
}
