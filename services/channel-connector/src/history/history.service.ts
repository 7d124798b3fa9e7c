import type { DataSource } from 'typeorm';
import { type Page, type Pagination, paginationOf } from '@holdfast/platform';
import type { SyncOperation, SyncOutcome } from './history.entity.js';
import { HistoryEntity } from './history.entity.js';
import type { HistoryQuery } from './history.dto.js';

export interface HistoryView {
  readonly id: string;
  readonly at: string;
  readonly operation: SyncOperation;
  readonly outcome: SyncOutcome;
  readonly channelId: string | null;
  readonly sku: string | null;
  readonly listingId: string | null;
  readonly locationId: string | null;
  readonly quantity: number | null;
  readonly version: number | null;
  readonly detail: string | null;
  readonly actor: string | null;
  readonly occurrences: number;
}

export interface InventoryUpdate {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly reason: string | undefined;
  readonly actor: string;
}

export class HistoryService {
  constructor(private readonly source: DataSource) {}

  async page(
    tenant: string,
    { operation, channelId, sku }: HistoryQuery,
    page: Page,
  ): Promise<{ readonly history: readonly HistoryView[]; readonly pagination: Pagination }> {
    const [rows, total] = await this.source.getRepository(HistoryEntity).findAndCount({
      where: {
        tenant,
        ...(operation === undefined ? {} : { operation }),
        ...(channelId === undefined ? {} : { channelId }),
        ...(sku === undefined ? {} : { sku }),
      },
      order: { at: 'DESC', id: 'DESC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return { history: rows.map(historyView), pagination: paginationOf(page, total) };
  }

  async recordUpdate({ tenant, sku, locationId, quantity, reason, actor }: InventoryUpdate): Promise<void> {
    await this.source.getRepository(HistoryEntity).insert({
      tenant,
      sku,
      locationId,
      quantity: String(quantity),
      operation: 'inventory_update',
      outcome: 'ok',
      detail: reason ?? null,
      actor,
    });
  }
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

const historyView = (row: HistoryEntity): HistoryView => ({
  id: row.id,
  at: row.at.toISOString(),
  operation: row.operation,
  outcome: row.outcome,
  channelId: row.channelId,
  sku: row.sku,
  listingId: row.listingId,
  locationId: row.locationId,
  quantity: numberOf(row.quantity),
  version: numberOf(row.version),
  detail: row.detail,
  actor: row.actor,
  occurrences: row.occurrences,
});
