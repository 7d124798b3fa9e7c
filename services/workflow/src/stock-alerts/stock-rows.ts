import { float8Array, int8Array, textArray } from '@holdfast/kit';
import { decidePromiseAlert, initialPromiseTelling, promiseRisk, type PromiseAlertKind, type PromiseTelling } from '@holdfast/warehouse';
import type { Pool, PoolClient } from 'pg';
import type { StockFigure } from './stock-message.js';

const COLUMNS = `
  s.tenant, s.sku, s.location_id AS "locationId", s.on_hand::float8 AS "onHand", s.reserved::float8 AS reserved,
  s.available::float8 AS available, extract(epoch FROM s.at)::float8 * 1000 AS at, s.telling, s.risk_changes AS changes`;

/** A figure replaces another when it reflects a later place in the log; a message that comes again replaces nothing. */
const UPSERT = `
  INSERT INTO workflow.stock AS s (tenant, sku, location_id, on_hand, reserved, available, position, version, at)
  SELECT tenant, sku, location_id, on_hand, reserved, available, position, version, to_timestamp(at / 1000)
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::float8[])
      AS f (tenant, sku, location_id, on_hand, reserved, available, position, version, at)
   ORDER BY tenant, sku, location_id
  ON CONFLICT (tenant, sku, location_id) DO UPDATE SET
    on_hand = excluded.on_hand, reserved = excluded.reserved, available = excluded.available,
    position = excluded.position, version = excluded.version, at = excluded.at
  WHERE (excluded.position, excluded.version) > (s.position, s.version)
  RETURNING ${COLUMNS}`;

export interface StockKey {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

/** A figure as it is stored, with what was told of the promises of its location. */
export interface StockRow extends StockKey {
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null: the location keeps its promises, and nothing waits to be told. */
  readonly telling: PromiseTelling | null;
  /** Messages about the promises of this location so far. */
  readonly changes: number;
}

/** @returns what a newer figure reached; these rows are locked */
export async function storeFigures(client: PoolClient, figures: readonly StockFigure[]): Promise<readonly StockRow[]> {
  const newest = newestOfEach(figures);
  const { rows } = await client.query<StockRow>({
    name: 'store-stock',
    text: UPSERT,
    values: [
      textArray(newest.map(({ tenant }) => tenant)),
      textArray(newest.map(({ sku }) => sku)),
      textArray(newest.map(({ locationId }) => locationId)),
      int8Array(newest.map(({ onHand }) => onHand)),
      int8Array(newest.map(({ reserved }) => reserved)),
      int8Array(newest.map(({ available }) => available)),
      // As text: the database refuses one that is none of its numbers, and the figure is left out.
      newest.map(({ position }) => position),
      int8Array(newest.map(({ version }) => version)),
      float8Array(newest.map(({ at }) => at)),
    ],
  });
  return rows;
}

/** A statement may not touch a row twice. */
function newestOfEach(figures: readonly StockFigure[]): readonly StockFigure[] {
  const newest = new Map<string, StockFigure>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.tenant, figure.sku, figure.locationId]);
    const known = newest.get(key);
    if (known === undefined || isNewer(figure, known)) newest.set(key, figure);
  }
  return [...newest.values()];
}

function isNewer(one: StockFigure, other: StockFigure): boolean {
  const [onePosition, otherPosition] = [BigInt(one.position), BigInt(other.position)];
  return onePosition === otherPosition ? one.version > other.version : onePosition > otherPosition;
}

const LOCK_DUE = `
  SELECT ${COLUMNS} FROM workflow.stock s WHERE s.risk_due_at <= to_timestamp($1::float8 / 1000)
   ORDER BY s.tenant, s.sku, s.location_id LIMIT $2 FOR UPDATE`;

/** Locks locations with a change that had to wait and is due. */
export async function lockDueRisks(client: PoolClient, now: number, limit: number): Promise<readonly StockRow[]> {
  return (await client.query<StockRow>(LOCK_DUE, [now, limit])).rows;
}

const CHANGE = `
  UPDATE workflow.stock s SET telling = t.telling, risk_due_at = to_timestamp(t.due_at / 1000), risk_changes = t.changes
    FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::float8[], $6::int[]) AS t (tenant, sku, location_id, telling, due_at, changes)
   WHERE s.tenant = t.tenant AND s.sku = t.sku AND s.location_id = t.location_id`;

export interface RiskTold extends StockRow {
  readonly kind: PromiseAlertKind;
  readonly suppressed: number;
  /** What is over, where that is told. */
  readonly before: PromiseTelling['toldLevel'];
}

/** Compares what locked locations promised with what they can keep, and stores what is told of it. @returns the alerts to send now */
export async function changeRisks(client: PoolClient, rows: readonly StockRow[], now: number): Promise<readonly RiskTold[]> {
  const decided = rows
    .filter((row) => row.telling !== null || promiseRisk(row) !== 'none')
    .map((row) => {
      const before = row.telling ?? initialPromiseTelling();
      return { row, before, outcome: decidePromiseAlert(before, row, now) };
    })
    .filter(({ before, outcome }) => JSON.stringify(before) !== JSON.stringify(outcome.telling));
  if (decided.length === 0) return [];
  await client.query(CHANGE, [
    decided.map(({ row }) => row.tenant),
    decided.map(({ row }) => row.sku),
    decided.map(({ row }) => row.locationId),
    decided.map(({ outcome: { telling } }) => (telling.toldLevel === 'none' ? null : JSON.stringify(telling))),
    decided.map(({ outcome: { dueAt } }) => dueAt ?? null),
    decided.map(({ row, outcome: { told } }) => row.changes + (told === undefined ? 0 : 1)),
  ]);
  return decided.flatMap(({ row, before, outcome: { told } }) =>
    told === undefined ? [] : [{ ...row, ...told, changes: row.changes + 1, before: before.toldLevel }],
  );
}

const DUE = 'SELECT 1 FROM workflow.stock WHERE risk_due_at <= to_timestamp($1::float8 / 1000) LIMIT 1';

export async function anyDueRisk(pool: Pool, now: number): Promise<boolean> {
  return (await pool.query(DUE, [now])).rowCount === 1;
}
