import type { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import type { ErpMessage } from '@holdfast/contracts';
import type { Page } from '@holdfast/platform';
import { paginationOf } from '@holdfast/platform';
import { inTransaction } from '@holdfast/kit';
import { ParkedMessageEntity } from './parked-message.entity.js';
import type { FigureCovers } from '../routing/routing.js';
import type { AwaitedWarehouse, ParkedView } from './parked.dto.js';

/** A parked message whose warehouse is mapped by now. */
export interface ReadyMessage {
  readonly id: string;
  readonly commandId: string;
  readonly tenant: string;
  readonly message: ErpMessage;
  readonly locationId: string;
  readonly postingLagMs: number | null;
  readonly adjustmentsPostedBack: boolean;
  readonly figureCovers: FigureCovers;
}

export interface ParkedFilter {
  readonly connectionId?: string;
  readonly warehouseId?: string;
  readonly sku?: string;
}

// Some SKUs that have messages ready, and of each the oldest ones, over all of its mapped warehouses. Each step is a probe of an index.
const READY = `
  WITH skus AS (
    SELECT DISTINCT ready.tenant, ready.sku
    FROM ingestion.warehouse_mappings m
    CROSS JOIN LATERAL (
      SELECT p.tenant, p.sku FROM ingestion.parked_messages p
      WHERE p.tenant = m.tenant AND p.connection_id = m.connection_id AND p.warehouse_id = m.warehouse_id
      ORDER BY p.sku, p.id LIMIT $1) AS ready
    LIMIT $1)
  SELECT oldest.*
  FROM skus
  CROSS JOIN LATERAL (
    SELECT p.id::text AS id, p.command_id AS "commandId", p.tenant, p.message, m.location_id AS "locationId", c.posting_lag_ms AS "postingLagMs",
           c.adjustments_posted_back AS "adjustmentsPostedBack", c.figure_covers AS "figureCovers"
    FROM ingestion.parked_messages p
    JOIN ingestion.warehouse_mappings m USING (tenant, connection_id, warehouse_id)
    JOIN ingestion.connections c ON c.tenant = p.tenant AND c.id = p.connection_id
    WHERE p.tenant = skus.tenant AND p.sku = skus.sku
    ORDER BY p.id LIMIT $2) AS oldest
  ORDER BY oldest.id::bigint`;

const UNMAPPED_OF_AUTO_MAPPING = `
  SELECT DISTINCT p.tenant, p.connection_id AS "connectionId", p.warehouse_id AS "warehouseId"
  FROM ingestion.parked_messages p
  JOIN ingestion.connections c ON c.tenant = p.tenant AND c.id = p.connection_id AND c.auto_map
  WHERE NOT EXISTS (
    SELECT FROM ingestion.warehouse_mappings m
    WHERE m.tenant = p.tenant AND m.connection_id = p.connection_id AND m.warehouse_id = p.warehouse_id)`;

/** Any number that nothing else in the database locks. */
const LOCK = 4_807_115_002;

/** Messages that wait for their warehouse to be mapped. */
export class ParkedMessages {
  constructor(
    private readonly pool: Pool,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Gives at most `skus` SKUs and `perSku` messages of each, in the order in which they were parked, to one process at a time.
   * Those whose ids `work` answers are removed; where it throws or dies, all come again.
   * @returns how many were removed; 0 as well where another process has them
   */
  takeReady(skus: number, perSku: number, work: (ready: readonly ReadyMessage[]) => Promise<readonly string[]>): Promise<number> {
    return inTransaction(this.pool, async (client) => ((await hasLock(client)) ? takeLocked(client, skus, perSku, work) : 0));
  }

  /** Warehouses with parked messages whose connection maps by id. */
  async awaitingAutoMapping(): Promise<
    readonly { readonly tenant: string; readonly connectionId: string; readonly warehouseId: string }[]
  > {
    return (await this.pool.query<{ tenant: string; connectionId: string; warehouseId: string }>(UNMAPPED_OF_AUTO_MAPPING)).rows;
  }

  async count(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM ingestion.parked_messages');
    return rows[0]?.count ?? 0;
  }

  async list(tenant: string, filter: ParkedFilter, page: Page): Promise<ParkedView> {
    const where = { tenant, ...filter };
    const repository = this.dataSource.getRepository(ParkedMessageEntity);
    const [rows, total] = await repository.findAndCount({ where, order: { id: 'ASC' }, skip: page.offset, take: page.pageSize });
    const warehouses = await repository
      .createQueryBuilder('parked')
      .select('parked.connectionId', 'connectionId')
      .addSelect('parked.warehouseId', 'warehouseId')
      .addSelect('count(*)::int', 'messages')
      .where(where)
      .groupBy('parked.connectionId')
      .addGroupBy('parked.warehouseId')
      .orderBy('messages', 'DESC')
      .addOrderBy('parked.warehouseId')
      .limit(100)
      .getRawMany<AwaitedWarehouse>();
    return {
      messages: rows.map((row) => ({ ...row.message, id: row.id, parkedAt: row.parkedAt.toISOString() })),
      warehouses,
      pagination: paginationOf(page, total),
    };
  }
}

async function hasLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [LOCK]);
  return rows[0]?.locked === true;
}

async function takeLocked(
  client: PoolClient,
  skus: number,
  perSku: number,
  work: (ready: readonly ReadyMessage[]) => Promise<readonly string[]>,
): Promise<number> {
  const { rows } = await client.query<ReadyMessage>(READY, [skus, perSku]);
  const ids = await work(rows);
  await client.query('DELETE FROM ingestion.parked_messages WHERE id = ANY($1::bigint[])', [ids]);
  return ids.length;
}
