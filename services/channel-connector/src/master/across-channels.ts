import { In, type DataSource } from 'typeorm';
import { channelAt } from '../channels/age-of-figures.js';
import type { ChannelTable } from '../channels/channel-table.js';
import { ListingEntity } from '../mappings/listing.entity.js';
import { listingStatus, type ChannelNow } from '../mappings/listing-status.js';
import type { MasterService } from './master.service.js';
import type { AcrossChannels, ChannelFigure, ChannelsOfSku } from './master.dto.js';

export class AcrossChannelsService {
  constructor(
    private readonly master: MasterService,
    private readonly channels: ChannelTable,
    private readonly source: DataSource,
  ) {}

  /** @throws Problem 404 `unknown_sku` */
  async read(tenant: string, sku: string, at: number): Promise<{ readonly view: AcrossChannels; readonly position: bigint }> {
    const [{ view, position }, [found]] = await Promise.all([this.master.read(tenant, sku, at), this.ofMany(tenant, [sku], at)]);
    return { view: { sku, master: view.quantity, channels: found?.channels ?? {} }, position };
  }

  /** The figures of every channel, SKU by SKU; an unknown SKU is mapped nowhere. */
  async ofMany(tenant: string, skus: readonly string[], at: number): Promise<readonly ChannelsOfSku[]> {
    const channels = await this.channels.all(tenant);
    const channelIds = channels.map(({ channelId }) => channelId);
    const listings = await this.source.getRepository(ListingEntity).findBy({ tenant, channelId: In(channelIds), sku: In([...skus]) });
    const keyOf = (sku: string, channelId: string): string => JSON.stringify([sku, channelId]);
    const byKey = new Map(listings.map((listing) => [keyOf(listing.sku, listing.channelId), listing]));
    return skus.map((sku) => {
      const figures = channels.map(
        (channel) => [channel.channelId, figureOf(byKey.get(keyOf(sku, channel.channelId)), channelAt(channel, at), at)] as const,
      );
      return { sku, channels: Object.fromEntries(figures) };
    });
  }
}

/** Whether the channel has confirmed the newest figure that is known. */
const isConfirmed = (listing: ListingEntity): boolean =>
  listing.listingId !== null &&
  listing.shownAt !== null &&
  listing.sentVersion === listing.version &&
  listing.pendingReference === null &&
  listing.conflictId === null &&
  listing.fault === null;

const figureOf = (listing: ListingEntity | undefined, channel: ChannelNow, at: number): ChannelFigure =>
  listing === undefined
    ? { quantity: null, shown: null, lastSync: null, confirmedAt: null, confirmedPosition: null, ageMs: null, status: 'unmapped' }
    : {
        quantity: numberOf(listing.sentQuantity),
        shown: numberOf(listing.shownQuantity),
        lastSync: listing.sentAt?.toISOString() ?? null,
        confirmedAt: listing.shownAt?.toISOString() ?? null,
        confirmedPosition: isConfirmed(listing) ? listing.atpPosition : listing.confirmedPosition,
        ageMs: listing.shownAt === null ? null : Math.max(0, at - listing.shownAt.getTime()),
        status: listingStatus(listing, channel),
      };

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
