import type { Pool } from 'pg';
import type { Position } from '@holdfast/event-store';
import { type Page, paginationOf, periodOf } from '@holdfast/platform';
import type { CorrectionKind, PositionChange, PositionFigure } from '@holdfast/inventory';
import { awaitPosition } from '../following/await-position.js';
import type { AdjustmentSource } from './adjusted-stock.js';
import type { AdjustmentsQuery, RecordedStockQuery } from './adjustment.dto.js';
import type { AdjustmentsView, AdjustmentView } from './adjustment-view.dto.js';
import type { RecordedLineView, RecordedStocksView, RecordedStockView } from './recorded-view.dto.js';
import { skuNamed } from './subject.js';

interface Row {
  readonly id: string;
  readonly documentId: string;
  readonly sku: string;
  readonly locationId: string;
  readonly lotId: string | null;
  readonly binId: string | null;
  readonly kind: CorrectionKind | null;
  readonly changes: readonly PositionChange[] | null;
  readonly figures: readonly PositionFigure[] | null;
  readonly delta: string;
  readonly quantityAfter: string;
  readonly complete: boolean | null;
  readonly reasonCode: string;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly source: AdjustmentSource;
  readonly costMinor: string | null;
  readonly effectiveAt: Date;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

const COLUMNS = `
  a.id, a.document_id AS "documentId", a.sku, a.location_id AS "locationId", a.lot_id AS "lotId", a.bin_id AS "binId", a.kind, a.changes, a.figures, a.delta,
  a.quantity_after AS "quantityAfter", a.complete, a.reason_code AS "reasonCode", a.reason, d.reference, a.source,
  a.cost_minor AS "costMinor", a.effective_at AS "effectiveAt", a.created_by AS "createdBy", a.created_at AS "createdAt"`;
const FROM = `
  FROM workflow.adjustment a
  LEFT JOIN workflow.adjustment_document d ON d.tenant = a.tenant AND d.id = a.document_id`;
const OF_THE_QUERY = `
  a.tenant = $1 AND ($2::text IS NULL OR a.location_id = $2) AND ($3::text IS NULL OR a.sku = $3)
  AND ($4::text IS NULL OR a.created_by = $4) AND ($5::timestamptz IS NULL OR a.created_at >= $5)
  AND ($6::timestamptz IS NULL OR a.created_at < $6) AND ($9::text IS NULL OR a.reason_code = $9)
  AND ($7::text IS NULL OR a.lot_id = $7
       OR coalesce(a.changes, '[]') || coalesce(a.figures, '[]') @> jsonb_build_array(jsonb_build_object('lotId', $7::text)))
  AND ($8::text IS NULL OR a.bin_id = $8
       OR coalesce(a.changes, '[]') || coalesce(a.figures, '[]') @> jsonb_build_array(jsonb_build_object('binId', $8::text)))`;
const CHANGED = `${OF_THE_QUERY} AND (a.delta <> 0 OR a.kind IS NOT NULL)`;
const RECORDED = `${OF_THE_QUERY} AND a.recorded IS NOT NULL`;

/** Changes of on hand for a reason and corrections of lots, newest first, as far as the follower has read. */
export class AdjustmentList {
  constructor(
    private readonly pool: Pool,
    private readonly reached: () => Position,
  ) {}

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.reached, wanted);
    return this.reached();
  }

  async changes(tenant: string, query: AdjustmentsQuery, page: Page): Promise<AdjustmentsView> {
    const { rows, total } = await this.rows(CHANGED, [...wantedOf(tenant, query), query.lotId, query.binId, query.reasonCode], page);
    return { adjustments: rows.map(adjustmentView), pagination: paginationOf(page, total) };
  }

  async recorded(tenant: string, query: RecordedStockQuery, page: Page): Promise<RecordedStocksView> {
    const { rows, total } = await this.rows(RECORDED, [...wantedOf(tenant, query), query.lotId, query.binId, undefined], page);
    return { records: rows.map(recordedView), pagination: paginationOf(page, total) };
  }

  /** What a document recorded; undefined where the follower knows of none. */
  async recordedBy(tenant: string, sku: string, documentId: string): Promise<RecordedStockView | undefined> {
    const text = `SELECT ${COLUMNS} ${FROM} WHERE a.tenant = $1 AND a.sku = $2 AND a.document_id = $3`;
    const { rows } = await this.pool.query<Row>(text, [tenant, sku, documentId]);
    return rows[0] && recordedView(rows[0]);
  }

  private async rows(
    where: string,
    wanted: readonly unknown[],
    page: Page,
  ): Promise<{ readonly rows: readonly Row[]; readonly total: number }> {
    const values = wanted.map((value) => value ?? null);
    const text = `SELECT ${COLUMNS} ${FROM} WHERE ${where} ORDER BY a.created_at DESC, a.id LIMIT $10 OFFSET $11`;
    const [{ rows }, count] = await Promise.all([
      this.pool.query<Row>(text, [...values, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM workflow.adjustment a WHERE ${where}`, values),
    ]);
    return { rows, total: count.rows[0]?.total ?? 0 };
  }
}

function wantedOf(tenant: string, query: RecordedStockQuery): readonly unknown[] {
  const { from, until } = periodOf(query);
  const names = query.sku ?? query.productMasterId;
  return [tenant, query.locationId, names === undefined ? undefined : skuNamed(query), query.createdBy, from, until];
}

const adjustmentView = (row: Row): AdjustmentView => {
  const { figures, ...shared } = shownOf(row);
  return {
    ...shared,
    ...figures,
    documentId: row.documentId,
    kind: row.kind,
    changes: (row.changes ?? []).map(({ lotId, binId, delta }) => ({ lotId: lotId ?? null, binId: binId ?? null, delta })),
    reference: row.reference,
    value: row.costMinor === null ? null : (Number(row.costMinor) * figures.delta) / 100,
  };
};

const recordedView = (row: Row): RecordedStockView => {
  const { figures, ...shared } = shownOf(row);
  return { ...shared, id: row.documentId, complete: row.complete === true, lines: row.figures?.map(figureLine) ?? [figures] };
};

/** A position that was recorded, before and after. */
export const figureLine = ({ lotId, binId, before, after }: PositionFigure): RecordedLineView => ({
  lotId: lotId ?? null,
  binId: binId ?? null,
  quantityBefore: before,
  quantityAfter: after,
  delta: after - before,
});

function shownOf(row: Row) {
  const delta = Number(row.delta);
  const quantityAfter = Number(row.quantityAfter);
  return {
    id: row.id,
    sku: row.sku,
    productMasterId: row.sku,
    locationId: row.locationId,
    reasonCode: row.reasonCode,
    reason: row.reason,
    source: row.source,
    effectiveAt: row.effectiveAt.toISOString(),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    figures: { lotId: row.lotId, binId: row.binId, delta, quantityBefore: quantityAfter - delta, quantityAfter },
  };
}
