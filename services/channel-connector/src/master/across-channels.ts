import { In, type DataSource } from 'typeorm';
import { channelAt } from '../channels/age-of-figures.js';
import type { ChannelTable } from '../channels/channel-table.js';
import { ListingEntity } from '../mappings/listing.entity.js';
import { listingStatus, type ChannelNow } from '../mappings/listing-status.js';
import type { MasterService } from './master.service.js';
import type { AcrossChannels, ChannelFigure } from './master.dto.js';

export class AcrossChannelsService {
  constructor(
    private readonly master: MasterService,
    private readonly channels: ChannelTable,
    private readonly source: DataSource,
  ) {}

  /** @throws Problem 404 `unknown_sku` */
  async read(tenant: string, sku: string, at: number): Promise<{ readonly view: AcrossChannels; readonly position: bigint }> {
    const [{ view, position }, channels] = await Promise.all([this.master.read(tenant, sku, at), this.channels.all(tenant)]);
    const channelIds = channels.map(({ channelId }) => channelId);
    const listings = await this.source.getRepository(ListingEntity).findBy({ tenant, channelId: In(channelIds), sku });
    const byChannel = new Map(listings.map((listing) => [listing.channelId, listing]));
    const figures = channels.map(
      (channel) => [channel.channelId, figureOf(byChannel.get(channel.channelId), channelAt(channel, at), at)] as const,
    );
    return { view: { sku, master: view.quantity, channels: Object.fromEntries(figures) }, position };
  }
}

const figureOf = (listing: ListingEntity | undefined, channel: ChannelNow, at: number): ChannelFigure =>
  listing === undefined
    ? { quantity: null, shown: null, lastSync: null, confirmedAt: null, ageMs: null, status: 'unmapped' }
    : {
        quantity: numberOf(listing.sentQuantity),
        shown: numberOf(listing.shownQuantity),
        lastSync: listing.sentAt?.toISOString() ?? null,
        confirmedAt: listing.shownAt?.toISOString() ?? null,
        ageMs: listing.shownAt === null ? null : Math.max(0, at - listing.shownAt.getTime()),
        status: listingStatus(listing, channel),
      };

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
