import { Raw, type DataSource, type FindOptionsWhere } from 'typeorm';
import { type Page, paginationOf } from '@holdfast/platform';
import { HistoryEntity } from './history.entity.js';
import type { HistoryPageView, HistoryQuery, HistoryView } from './history.dto.js';

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

  async page(tenant: string, { operation, channelId, sku, open }: HistoryQuery, page: Page): Promise<HistoryPageView> {
    const [rows, total] = await this.source.getRepository(HistoryEntity).findAndCount({
      where: {
        tenant,
        ...(operation === undefined ? {} : { operation }),
        ...(channelId === undefined ? {} : { channelId }),
        ...(sku === undefined ? {} : { sku }),
        ...(open === undefined ? {} : ofConflicts(tenant, open)),
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

/** Rows of conflicts that are open, or that are not. */
const ofConflicts = (ofTenant: string, open: boolean): FindOptionsWhere<HistoryEntity> => ({
  conflictId: Raw(
    (column) =>
      `${column} IN (SELECT c.conflict_id FROM channels.conflict c WHERE c.tenant = :ofTenant AND c.resolved_at IS ${open ? '' : 'NOT '}NULL)`,
    { ofTenant },
  ),
});

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
  observed: numberOf(row.observed),
  conflictId: row.conflictId,
  actor: row.actor,
  occurrences: row.occurrences,
});
