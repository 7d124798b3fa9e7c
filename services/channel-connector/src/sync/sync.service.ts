import type { Pool } from 'pg';
import type { ChannelTable } from '../channels/channel-table.js';
import type { ChannelsService } from '../channels/channels.service.js';
import { recordMissingMappings } from '../history/missing-mappings.js';
import type { ForcedListing } from './forced-push.js';
import { forcePush } from './forced-push.js';
import type { QueuedChannel, SkippedSku, SyncItem } from './sync.dto.js';

export class SyncService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly table: ChannelTable,
    private readonly pool: Pool,
    private readonly wakeDelivery: () => void,
    private readonly forcedPushDelayMs: number,
  ) {}

  /** @throws Problem 404 `unknown_channel` */
  async one(tenant: string, channelId: string, items: readonly SyncItem[]): Promise<QueuedChannel> {
    await this.channels.mustExist({ tenant, channelId });
    const [queued = nothing(channelId)] = await this.push(tenant, [channelId], items);
    return queued;
  }

  async every(tenant: string, items: readonly SyncItem[]): Promise<readonly QueuedChannel[]> {
    const channels = await this.table.all(tenant);
    return this.push(
      tenant,
      channels.map(({ channelId }) => channelId),
      items,
    );
  }

  /** Tells every channel of a SKU whose master was just set; the new figure, on its way here, goes first. @returns the channels told */
  async afterUpdate(tenant: string, sku: string): Promise<readonly string[]> {
    const channels = await this.table.all(tenant);
    const forced = await forcePush(
      this.pool,
      tenant,
      channels.map(({ channelId }) => channelId),
      [sku],
      this.forcedPushDelayMs,
    );
    return forced.filter(({ mapped }) => mapped).map(({ channelId }) => channelId);
  }

  private async push(tenant: string, channelIds: readonly string[], items: readonly SyncItem[]): Promise<readonly QueuedChannel[]> {
    const skus = items.length === 0 ? undefined : [...new Set(items.map(({ sku }) => sku))];
    const forced = await forcePush(this.pool, tenant, channelIds, skus, 0);
    const found = new Map<string, Map<string, ForcedListing>>(channelIds.map((channelId) => [channelId, new Map<string, ForcedListing>()]));
    for (const listing of forced) found.get(listing.channelId)?.set(listing.sku, listing);
    const queued = [...found].map(([channelId, listings]) => queuedOf(channelId, skus ?? [...listings.keys()], listings, items));
    await recordMissingMappings(
      this.pool,
      queued.flatMap(({ channelId, skipped }) =>
        skipped.filter(({ code }) => code === 'mapping_missing').map(({ sku }) => ({ tenant, channelId, sku })),
      ),
      true,
    );
    this.wakeDelivery();
    return queued;
  }
}

const nothing = (channelId: string): QueuedChannel => ({ channelId, queued: 0, skipped: [], differing: [] });

function queuedOf(
  channelId: string,
  skus: readonly string[],
  listings: ReadonlyMap<string, ForcedListing>,
  items: readonly SyncItem[],
): QueuedChannel {
  const skipped = skus.flatMap((sku): readonly SkippedSku[] => {
    const listing = listings.get(sku);
    if (listing?.mapped !== true) return [{ sku, code: 'mapping_missing' }];
    return listing.quantity === null ? [{ sku, code: 'atp_unknown' }] : [];
  });
  const differing = items.flatMap(({ sku, quantity: requested }) => {
    const quantity = listings.get(sku)?.quantity ?? null;
    return requested === undefined || quantity === null || quantity === requested ? [] : [{ sku, requested, quantity }];
  });
  return { channelId, queued: skus.length - skipped.length, skipped, differing };
}
