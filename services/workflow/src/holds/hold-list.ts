import type { Pool } from 'pg';
import type { EventStore, Position } from '@holdfast/event-store';
import { holdViews, type HoldView as OpenHold } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { type Page, paginationOf } from '@holdfast/platform';
import { fieldFault, skuNamed } from '../adjustments/subject.js';
import { awaitPosition } from '../following/await-position.js';
import type { HoldsQuery } from './hold.dto.js';
import { holdView, type HoldRecord } from './hold-record.js';
import type { HoldsView, HoldView } from './hold-view.dto.js';
import { readLotTrace } from './read-lot-trace.js';

const OF_THE_QUERY = `
  tenant = $1 AND ($2::text IS NULL OR hold_id = $2) AND ($3::text IS NULL OR sku = $3)
  AND ($4::text IS NULL OR location_id = $4 OR location_id IS NULL) AND ($5::text IS NULL OR lot_id = $5)
  AND ($6::text IS NULL OR type = $6) AND ($7::text IS NULL OR status = $7)`;
const PAGE = `SELECT record FROM workflow.hold WHERE ${OF_THE_QUERY} ORDER BY created_at DESC, hold_id LIMIT $8 OFFSET $9`;
const COUNT = `SELECT count(*)::int AS total FROM workflow.hold WHERE ${OF_THE_QUERY}`;
const ONE = 'SELECT record FROM workflow.hold WHERE tenant = $1 AND hold_id = $2';

export interface HoldListParts {
  readonly pool: Pool;
  readonly ledger: SkuLedger;
  readonly eventStore: Pick<EventStore, 'head' | 'readStream'>;
  /** How far the follower has read. */
  readonly reached: () => Position;
}

/** Holds, newest first, as far as the follower has read; the units that each keeps are those of now. */
export class HoldList {
  constructor(private readonly parts: HoldListParts) {}

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.parts.reached, wanted);
    return this.parts.reached();
  }

  /** @throws Problem 400 `validation_failed` for a trace of anything but one hold on a lot */
  async page(tenant: string, query: HoldsQuery, page: Page): Promise<HoldsView> {
    const { id, locationId, lotId, type, status } = query;
    const named = query.sku ?? query.productMasterId;
    const wanted = [tenant, id, named === undefined ? undefined : skuNamed(query), locationId, lotId, type, status];
    const values = wanted.map((value) => value ?? null);
    const [{ rows }, count] = await Promise.all([
      this.parts.pool.query<{ record: HoldRecord }>(PAGE, [...values, page.pageSize, page.offset]),
      this.parts.pool.query<{ total: number }>(COUNT, values),
    ]);
    const records = rows.map(({ record }) => record);
    const views = await this.viewsOf(tenant, records);
    const holds = query.trace === true ? await this.traced(tenant, id, records, views) : views;
    return { holds, pagination: paginationOf(page, count.rows[0]?.total ?? 0) };
  }

  /** A hold that was placed by now; undefined for none of the tenant. */
  async find(tenant: string, holdId: string): Promise<HoldRecord | undefined> {
    const known = await this.row(tenant, holdId);
    if (known !== undefined) return known;
    await this.atLeast(await this.parts.eventStore.head());
    return this.row(tenant, holdId);
  }

  private async traced(
    tenant: string,
    id: string | undefined,
    records: readonly HoldRecord[],
    views: readonly HoldView[],
  ): Promise<readonly HoldView[]> {
    if (id === undefined) throw fieldFault('id', 'must be sent with trace');
    const trace = async ({ sku, lotId }: HoldRecord) => {
      if (lotId === undefined) throw fieldFault('trace', 'is for holds on a lot; this one names none');
      return readLotTrace(this.parts.eventStore, { tenant, sku }, lotId);
    };
    const traces = await Promise.all(records.map(trace));
    return views.map((view, index) => ({ ...view, ...traces[index] }));
  }

  private async row(tenant: string, holdId: string): Promise<HoldRecord | undefined> {
    const { rows } = await this.parts.pool.query<{ record: HoldRecord }>(ONE, [tenant, holdId]);
    return rows[0]?.record;
  }

  private async viewsOf(tenant: string, records: readonly HoldRecord[]): Promise<readonly HoldView[]> {
    const skus = [...new Set(records.filter(({ status }) => status !== 'released').map(({ sku }) => sku))];
    const open = new Map<string, OpenHold>();
    const read = async (sku: string): Promise<void> => {
      for (const hold of holdViews((await this.parts.ledger.read({ tenant, sku })).state)) open.set(hold.holdId, hold);
    };
    await Promise.all(skus.map(read));
    return records.map((record) => holdView(record, open.get(record.holdId)));
  }
}
