import { Injectable } from '@nestjs/common';
import { Problem, unknownSkus } from '@holdfast/platform';
import { availableOf } from '@holdfast/inventory';
import { findChannels, findItem, findItems, findLocation, findProduct, summariseChannels } from '@holdfast/read-model';
import type { ChannelRow, LocationView } from '@holdfast/read-model';
import { paginationView } from '../reading/paging.js';
import type { PageWanted } from '../reading/paging.js';
import { fedByErp } from '../reading/erp-figure.dto.js';
import { ErpReadings } from '../reading/erp-readings.js';
import { ReadTables } from '../reading/read-tables.js';
import { channelView, drilldownCell, productOf } from './cells.js';
import type { ChannelSummaryView, DrilldownView, LocationNameView, MatrixView } from './matrix.dto.js';

/** SKU x location x channel: the figures that channels may show. */
@Injectable()
export class AtpMatrix {
  constructor(
    private readonly tables: ReadTables,
    private readonly readings: ErpReadings,
  ) {}

  async atLocation(
    tenant: string,
    filter: { readonly locationId: string; readonly search: string | undefined; readonly channelIds: readonly string[] | undefined },
    page: PageWanted,
  ): Promise<MatrixView> {
    const { locationId, search, channelIds } = filter;
    const [location, channels, items] = await Promise.all([
      this.location(tenant, locationId),
      this.channels(tenant, channelIds),
      findItems(this.tables, tenant, { locationId, search }, page),
    ]);
    return {
      products: items.rows.map((row) => productOf(row, channels)),
      channels: channels.map(channelView),
      location: this.locationView(tenant, location),
      pagination: paginationView(page, items.total),
    };
  }

  async drilldown(
    tenant: string,
    wanted: { readonly locationId: string; readonly sku: string; readonly channelIds: readonly string[] | undefined },
  ): Promise<DrilldownView> {
    const { locationId, sku, channelIds } = wanted;
    const [location, channels, item] = await Promise.all([
      this.location(tenant, locationId),
      this.channels(tenant, channelIds),
      findItem(this.tables, tenant, sku, locationId),
    ]);
    if (item === undefined) throw await this.noItem(tenant, sku);
    return {
      productMasterId: sku,
      productName: item.name ?? sku,
      globalSku: sku,
      categoryName: item.category,
      location: this.locationView(tenant, location),
      onHand: item.onHand,
      reserved: item.reserved,
      held: item.held,
      available: availableOf(item),
      safetyStock: item.safetyStock,
      inTransit: item.inTransit,
      updatedAt: new Date(item.updatedAt).toISOString(),
      channels: channels.map((channel) => drilldownCell(item, channel)),
    };
  }

  async summary(tenant: string): Promise<readonly ChannelSummaryView[]> {
    const [channels, summaries] = await Promise.all([findChannels(this.tables, tenant), summariseChannels(this.tables, tenant)]);
    const byId = new Map(summaries.map((summary) => [summary.channelId, summary]));
    return channels.map((channel) => {
      const none = { products: 0, held: 0, atp: 0, ok: 0, low: 0, critical: 0 };
      const { products, held, atp, ok, low, critical } = byId.get(channel.channelId) ?? none;
      return { ...channelView(channel), products, held, totalAtp: atp, ok, low, critical };
    });
  }

  private locationView(tenant: string, { locationId, name }: LocationView): LocationNameView {
    return { id: locationId, name, ...fedByErp(locationId, this.readings.of(tenant)) };
  }

  private async location(tenant: string, locationId: string): Promise<LocationView> {
    const location = await findLocation(this.tables, tenant, locationId);
    if (location !== undefined) return location;
    throw new Problem(404, 'unknown_location', 'Location not found or not accessible', { details: [{ locationId }] });
  }

  /** The channels named, all when none is. @throws Problem 404 `unknown_channel` */
  private async channels(tenant: string, ids: readonly string[] | undefined): Promise<readonly ChannelRow[]> {
    const channels = await findChannels(this.tables, tenant);
    if (ids === undefined) return channels;
    const unknown = ids.filter((id) => !channels.some(({ channelId }) => channelId === id));
    if (unknown.length === 0) return channels.filter(({ channelId }) => ids.includes(channelId));
    const details = unknown.map((channelId) => ({ channelId }));
    throw new Problem(404, 'unknown_channel', 'Channel not found or not accessible', { details });
  }

  private async noItem(tenant: string, sku: string): Promise<Problem> {
    const known = await findProduct(this.tables, tenant, sku);
    return known === undefined
      ? unknownSkus([sku])
      : new Problem(404, 'unknown_item', 'The product has never lain at this location', { details: [{ sku }] });
  }
}
