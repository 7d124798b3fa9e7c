import { In, type DataSource } from 'typeorm';
import type { ChannelTable } from '../channels/channel-table.js';
import { ListingEntity } from '../mappings/listing.entity.js';
import { listingStatus } from '../mappings/listing-status.js';
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
    const figures = channels.map(({ channelId, gone }) => [channelId, figureOf(byChannel.get(channelId), gone)] as const);
    return { view: { sku, master: view.quantity, channels: Object.fromEntries(figures) }, position };
  }
}

const figureOf = (listing: ListingEntity | undefined, gone: boolean): ChannelFigure =>
  listing === undefined
    ? { quantity: null, lastSync: null, status: 'unmapped' }
    : {
        quantity: listing.sentQuantity === null ? null : Number(listing.sentQuantity),
        lastSync: listing.sentAt?.toISOString() ?? null,
        status: listingStatus(listing, gone),
      };
