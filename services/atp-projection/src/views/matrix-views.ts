import { Injectable } from '@nestjs/common';
import { isKeptByChannel } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';
import { findChannelColumns, findChannels, findColumnRows, findLocation, findLocationColumns, findLocations } from '@holdfast/read-model';
import { ReadTables } from '../reading/read-tables.js';
import type { MatrixBy, MatrixColumnsView, MatrixColumnView } from './matrix-view.dto.js';

export interface MatrixWanted {
  readonly by: MatrixBy;
  readonly locationId: string | undefined;
  readonly search: string | undefined;
  readonly limit: number;
}

const MAX_LOCATIONS = 1_000;

/** All cells of a matrix in one answer, for a screen that follows the stream of changes from there on. */
@Injectable()
export class MatrixViews {
  constructor(private readonly tables: ReadTables) {}

  /** @throws Problem 404 `unknown_location` */
  async read(tenant: string, { by, locationId, search, limit }: MatrixWanted): Promise<MatrixColumnsView> {
    await this.requireLocation(tenant, locationId);
    // One more than asked tells whether there are more.
    const found = await findColumnRows(this.tables, tenant, { locationId, search }, limit + 1);
    const rows = found.slice(0, limit);
    const skus = rows.map(({ sku }) => sku);
    return {
      by,
      skus,
      names: rows.map(({ name }) => name),
      onHand: rows.map(({ onHand }) => onHand),
      reserved: rows.map(({ reserved }) => reserved),
      held: rows.flatMap(({ sku, held }) => Object.entries(held).map(([at, quantity]) => ({ sku, locationId: at, quantity }))),
      columns: by === 'channel' ? await this.channels(tenant, skus, locationId) : await this.locations(tenant, skus),
      complete: found.length <= limit,
    };
  }

  private async channels(tenant: string, skus: readonly string[], locationId: string | undefined): Promise<readonly MatrixColumnView[]> {
    const [channels, columns] = await Promise.all([
      findChannels(this.tables, tenant),
      findChannelColumns(this.tables, tenant, skus, locationId),
    ]);
    const figures = new Map(columns.map((column) => [column.id, column.figures]));
    return channels.map(({ channelId, name, lowThreshold, criticalThreshold }) => ({
      id: channelId,
      name,
      lowThreshold,
      criticalThreshold,
      figures: figures.get(channelId) ?? [],
    }));
  }

  private async locations(tenant: string, skus: readonly string[]): Promise<readonly MatrixColumnView[]> {
    const [known, columns] = await Promise.all([
      findLocations(this.tables, tenant, {}, { limit: MAX_LOCATIONS, offset: 0 }),
      findLocationColumns(this.tables, tenant, skus),
    ]);
    const names = new Map(known.rows.map(({ locationId, name }) => [locationId, name]));
    return columns.map(({ id, figures }) => ({
      id,
      name: names.get(id) ?? id,
      lowThreshold: null,
      criticalThreshold: null,
      // What a channel keeps and sells itself can be had from nobody else.
      figures: isKeptByChannel(id) ? figures.map((figure) => (figure === null ? null : 0)) : figures,
    }));
  }

  private async requireLocation(tenant: string, locationId: string | undefined): Promise<void> {
    if (locationId === undefined || (await findLocation(this.tables, tenant, locationId)) !== undefined) return;
    throw new Problem(404, 'unknown_location', 'Location not found or not accessible', { details: [{ locationId }] });
  }
}
