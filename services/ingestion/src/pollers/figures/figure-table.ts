import { int4Array, textArray } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ConnectionRef } from '../connections/poller-table.js';
import type { Figure } from './figures-of.js';

/** A figure and where it belongs by the mappings of now. */
export interface PlacedFigure extends Figure {
  /** Null where the warehouse is not mapped. */
  readonly locationId: string | null;
}

export interface Reading {
  readonly asOf: number;
  readonly postingLagMs: number | null;
  /**
   * As-of time from which on each figure is published once again: posting lag or mappings changed, and movements from before then were not
   * noted. Null for none.
   */
  readonly settledFrom: number | null;
}

/** What the filter lets pass, and when it looked, by the database's clock. */
export interface Passed {
  readonly figures: readonly PlacedFigure[];
  readonly lookedAt: string;
}

// The rule is `mustReport` of libs/inventory, over all figures of a page at once.
const PASS = `
  SELECT g.place::int AS place, statement_timestamp()::text AS now
    FROM unnest($3::text[], $4::text[], $5::int4[], $6::text[]) WITH ORDINALITY AS g (warehouse_id, sku, figure, location_id, place)
    LEFT JOIN ingestion.poll_figures f
      ON f.tenant = $1 AND f.connection_id = $2 AND f.warehouse_id = g.warehouse_id AND f.sku = g.sku
   WHERE f.sku IS NULL
      OR ($7 > f.as_of AND (
           f.figure <> g.figure
           OR f.location_id IS DISTINCT FROM g.location_id
           OR f.posting_lag_ms IS DISTINCT FROM $8
           OR (f.as_of < $9 AND $7 >= $9)
           OR EXISTS (SELECT 1 FROM ingestion.poll_reappraisals r
                       WHERE r.tenant = $1 AND r.connection_id = $2 AND r.warehouse_id = g.warehouse_id AND r.sku = g.sku AND r.due <= $7)))
   ORDER BY g.place`;

const NOTE = `
  INSERT INTO ingestion.poll_figures AS f (tenant, connection_id, warehouse_id, sku, figure, as_of, location_id, posting_lag_ms)
  SELECT $1, $2, g.warehouse_id, g.sku, g.figure, $7, g.location_id, $8
    FROM unnest($3::text[], $4::text[], $5::int4[], $6::text[]) AS g (warehouse_id, sku, figure, location_id)
  ON CONFLICT (tenant, connection_id, warehouse_id, sku) DO UPDATE
    SET figure = excluded.figure, as_of = excluded.as_of, location_id = excluded.location_id, posting_lag_ms = excluded.posting_lag_ms
  WHERE f.as_of <= excluded.as_of`;

// What was noted after the filter looked may be of an event that came after the figure: it stays.
const SETTLE = `
  DELETE FROM ingestion.poll_reappraisals r USING unnest($3::text[], $4::text[]) AS g (warehouse_id, sku)
   WHERE r.tenant = $1 AND r.connection_id = $2 AND r.warehouse_id = g.warehouse_id AND r.sku = g.sku AND r.due <= $5
     AND r.noted_at < $6::timestamptz`;

// The time of the note is read outside of DISTINCT: with it no two rows would be equal, and the same time twice is an error.
const REAPPRAISE = `
  INSERT INTO ingestion.poll_reappraisals AS r (tenant, connection_id, warehouse_id, sku, due, noted_at)
  SELECT d.tenant, d.connection_id, d.warehouse_id, d.sku, d.due, clock_timestamp() FROM (
    SELECT DISTINCT g.tenant, m.connection_id, m.warehouse_id, g.sku,
           CASE WHEN g.presumes THEN (ceil((g.at + c.posting_lag_ms) / 1000.0) * 1000)::bigint ELSE g.at END AS due
      FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::bigint[]) AS g (tenant, location_id, sku, presumes, at)
      JOIN ingestion.warehouse_mappings m ON m.tenant = g.tenant AND m.location_id = g.location_id
      JOIN ingestion.connections c ON c.tenant = m.tenant AND c.id = m.connection_id
      JOIN ingestion.pollers p ON p.tenant = c.tenant AND p.connection_id = c.id
     WHERE NOT g.presumes OR c.posting_lag_ms IS NOT NULL) AS d
  ON CONFLICT (tenant, connection_id, warehouse_id, sku, due) DO UPDATE SET noted_at = excluded.noted_at`;

// The rule of `PASS` over figures that a scan of changes does not show, because nothing moved at the ERP.
const UNSHOWN = `
  SELECT f.warehouse_id AS "warehouseId", f.sku, f.figure::float8 AS figure
    FROM ingestion.poll_figures f
    LEFT JOIN ingestion.warehouse_mappings m
      ON m.tenant = f.tenant AND m.connection_id = f.connection_id AND m.warehouse_id = f.warehouse_id
   WHERE f.tenant = $1 AND f.connection_id = $2 AND f.warehouse_id = ANY($3) AND $4 > f.as_of
     AND (m.location_id IS DISTINCT FROM f.location_id
          OR f.posting_lag_ms IS DISTINCT FROM $5
          OR (f.as_of < $6 AND $4 >= $6)
          OR EXISTS (SELECT 1 FROM ingestion.poll_reappraisals r
                      WHERE r.tenant = f.tenant AND r.connection_id = f.connection_id AND r.warehouse_id = f.warehouse_id AND r.sku = f.sku
                        AND r.due <= $4))
     AND (f.warehouse_id, f.sku) > ($8, $9)
   ORDER BY f.warehouse_id, f.sku LIMIT $7`;

const SEE = `
  INSERT INTO ingestion.poll_seen (run_id, warehouse_id, sku)
  SELECT $1, warehouse_id, sku FROM unnest($2::text[], $3::text[]) AS g (warehouse_id, sku) ON CONFLICT DO NOTHING`;

const FORGET_ENDED_SCANS = `
  DELETE FROM ingestion.poll_seen WHERE run_id NOT IN (SELECT id FROM ingestion.poll_runs WHERE status = 'running')`;

const OF = 'tenant = $1 AND connection_id = $2';
const UNSEEN = 'NOT EXISTS (SELECT 1 FROM ingestion.poll_seen s WHERE s.run_id = $3 AND s.warehouse_id = f.warehouse_id AND s.sku = f.sku)';
const SEEN_AGAIN = `UPDATE ingestion.poll_figures f SET absent_at = NULL WHERE ${OF} AND absent_at IS NOT NULL AND NOT ${UNSEEN}`;
const GONE = `
  SELECT warehouse_id AS "warehouseId", sku FROM ingestion.poll_figures f
   WHERE ${OF} AND figure <> 0 AND absent_at IS NOT NULL AND as_of < $4 AND ${UNSEEN}
   ORDER BY warehouse_id, sku LIMIT $5`;
const ABSENT = `UPDATE ingestion.poll_figures f SET absent_at = $4 WHERE ${OF} AND figure <> 0 AND absent_at IS NULL AND as_of < $4 AND ${UNSEEN}`;

/** A time from which on the figures of a location must be looked at again; see `reappraisals` of libs/inventory. */
export interface NotedReappraisal {
  readonly tenant: string;
  readonly locationId: string;
  readonly sku: string;
  /** From the time on that the posting lag has passed since `time`; else from `time` on. */
  readonly presumes: boolean;
  readonly time: number;
}

/** The last figure of each SKU and warehouse that a poller published, and what has happened since that an equal one must tell again. */
export class FigureTable {
  constructor(private readonly pool: Pool) {}

  /** The figures that must be published; the others would come to nothing else. */
  async pass({ tenant, connectionId }: ConnectionRef, figures: readonly PlacedFigure[], reading: Reading): Promise<Passed> {
    const { asOf, postingLagMs, settledFrom } = reading;
    const { rows } = await this.pool.query<{ place: number; now: string }>({
      name: 'poll-pass',
      text: PASS,
      values: [tenant, connectionId, ...columnsOf(figures), asOf, postingLagMs, settledFrom],
    });
    const passed = rows.flatMap(({ place }) => figures[place - 1] ?? []);
    return { figures: passed, lookedAt: rows[0]?.now ?? '-infinity' };
  }

  /** Figures that stayed as they were and must be published again, because something happened since that they would contain now. */
  async unshown(
    { tenant, connectionId }: ConnectionRef,
    warehouseIds: readonly string[],
    { asOf, postingLagMs, settledFrom }: Reading,
    { after, most }: { readonly after: Pick<Figure, 'warehouseId' | 'sku'> | undefined; readonly most: number },
  ): Promise<readonly Figure[]> {
    const key = [after?.warehouseId ?? '', after?.sku ?? ''];
    return (await this.pool.query<Figure>(UNSHOWN, [tenant, connectionId, warehouseIds, asOf, postingLagMs, settledFrom, most, ...key]))
      .rows;
  }

  /** Notes figures whose publication is sure. */
  async note({ tenant, connectionId }: ConnectionRef, { figures, lookedAt }: Passed, { asOf, postingLagMs }: Reading): Promise<void> {
    if (figures.length === 0) return;
    const columns = columnsOf(figures);
    await this.pool.query(NOTE, [tenant, connectionId, ...columns, asOf, postingLagMs]);
    await this.pool.query(SETTLE, [tenant, connectionId, columns[0], columns[1], asOf, lookedAt]);
  }

  async reappraise(noted: readonly NotedReappraisal[]): Promise<void> {
    if (noted.length === 0) return;
    await this.pool.query(REAPPRAISE, [
      noted.map(({ tenant }) => tenant),
      noted.map(({ locationId }) => locationId),
      noted.map(({ sku }) => sku),
      noted.map(({ presumes }) => presumes),
      noted.map(({ time }) => time),
    ]);
  }

  /** Whether any connection is polled. */
  async isUsed(): Promise<boolean> {
    return (await this.pool.query('SELECT 1 FROM ingestion.pollers LIMIT 1')).rowCount === 1;
  }

  /** Remembers what a scan showed, until it ends. */
  async see(runId: string, figures: readonly Figure[]): Promise<void> {
    await this.pool.query(SEE, [runId, figures.map(({ warehouseId }) => warehouseId), figures.map(({ sku }) => sku)]);
  }

  /** Figures that neither this complete scan nor the one before it showed. */
  async gone(
    { tenant, connectionId }: ConnectionRef,
    runId: string,
    firstAsOf: number,
    most: number,
  ): Promise<readonly Omit<Figure, 'figure'>[]> {
    return (await this.pool.query<Omit<Figure, 'figure'>>(GONE, [tenant, connectionId, runId, firstAsOf, most])).rows;
  }

  async seenAgain({ tenant, connectionId }: ConnectionRef, runId: string): Promise<void> {
    await this.pool.query(SEEN_AGAIN, [tenant, connectionId, runId]);
  }

  /** Remembers which figures a complete scan did not show. */
  async absent({ tenant, connectionId }: ConnectionRef, runId: string, firstAsOf: number): Promise<void> {
    await this.pool.query(ABSENT, [tenant, connectionId, runId, firstAsOf]);
  }

  async forgetSeen(runId: string): Promise<void> {
    await this.pool.query('DELETE FROM ingestion.poll_seen WHERE run_id = $1', [runId]);
  }

  /** Forgets times that no poll has asked for since: the ERP does not know the SKU. Also what scans showed whose run failed. */
  async forgetOlderThan(days: number): Promise<void> {
    await this.pool.query(FORGET_ENDED_SCANS);
    await this.pool.query(`DELETE FROM ingestion.poll_reappraisals WHERE noted_at < now() - $1 * interval '1 day'`, [days]);
  }
}

const columnsOf = (figures: readonly PlacedFigure[]): readonly [Buffer, Buffer, Buffer, Buffer] => [
  textArray(figures.map(({ warehouseId }) => warehouseId)),
  textArray(figures.map(({ sku }) => sku)),
  int4Array(figures.map(({ figure }) => figure)),
  textArray(figures.map(({ locationId }) => locationId)),
];
