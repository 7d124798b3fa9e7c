import type { Pool, PoolClient } from 'pg';
import { ALERT_PAUSE_MS } from './alert-rule.js';
import type { StockFigure } from './stock-message.js';

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
  RETURNING tenant, sku, location_id AS "locationId"`;

export interface StockKey {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

/** @returns what a newer figure reached */
export async function storeFigures(client: PoolClient, figures: readonly StockFigure[]): Promise<readonly StockKey[]> {
  const newest = newestOfEach(figures);
  const { rows } = await client.query<StockKey>({
    name: 'store-stock',
    text: UPSERT,
    values: [
      newest.map(({ tenant }) => tenant),
      newest.map(({ sku }) => sku),
      newest.map(({ locationId }) => locationId),
      newest.map(({ onHand }) => onHand),
      newest.map(({ reserved }) => reserved),
      newest.map(({ available }) => available),
      newest.map(({ position }) => position),
      newest.map(({ version }) => version),
      newest.map(({ at }) => at),
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

export interface RiskChange extends StockKey {
  readonly atRisk: boolean;
  readonly change: number;
  readonly available: number;
  readonly threshold: number;
  readonly at: number;
}

/** More is promised than is on hand and may leave. What a channel keeps is never available, so its units are compared. */
const AT_RISK = '(s.reserved > s.on_hand OR s.available < 0)';

const PAUSE_OVER = `
  coalesce(CASE WHEN ${AT_RISK} THEN risk_told_at ELSE no_risk_told_at END, '-infinity')
    <= to_timestamp(($4::float8 - ${ALERT_PAUSE_MS}) / 1000)`;

const RISKS = `
  WITH weighed AS MATERIALIZED (
    SELECT s.tenant, s.sku, s.location_id, ${AT_RISK} AS at_risk, s.told_at_risk <> (${AT_RISK}) AND ${PAUSE_OVER} AS is_told
      FROM workflow.stock s JOIN unnest($1::text[], $2::text[], $3::text[]) AS t (tenant, sku, location_id) USING (tenant, sku, location_id)
     ORDER BY s.tenant, s.sku, s.location_id FOR UPDATE OF s),
  changed AS (
    UPDATE workflow.stock s
       SET at_risk = w.at_risk, told_at_risk = CASE WHEN w.is_told THEN w.at_risk ELSE s.told_at_risk END,
           risk_changes = s.risk_changes + w.is_told::int,
           risk_told_at = CASE WHEN w.is_told AND w.at_risk THEN to_timestamp($4::float8 / 1000) ELSE s.risk_told_at END,
           no_risk_told_at = CASE WHEN w.is_told AND NOT w.at_risk THEN to_timestamp($4::float8 / 1000) ELSE s.no_risk_told_at END
      FROM weighed w
     WHERE s.tenant = w.tenant AND s.sku = w.sku AND s.location_id = w.location_id AND (w.is_told OR s.at_risk <> w.at_risk)
    RETURNING s.*, w.is_told)
  SELECT c.tenant, c.sku, c.location_id AS "locationId", c.at_risk AS "atRisk", c.risk_changes AS change,
         c.available::float8 AS available, extract(epoch FROM c.at)::float8 * 1000 AS at,
         coalesce((SELECT a.threshold FROM workflow.stock_alert a WHERE a.tenant = c.tenant AND a.sku = c.sku), $5)::float8 AS threshold
    FROM changed c WHERE c.is_told`;

/** Turns the risk of promising more than there is on or off where the figures say so. @returns the alerts to send now */
export async function changeRisks(
  client: PoolClient,
  keys: readonly StockKey[],
  now: number,
  defaultThreshold: number,
): Promise<readonly RiskChange[]> {
  const columns = [keys.map(({ tenant }) => tenant), keys.map(({ sku }) => sku), keys.map(({ locationId }) => locationId)];
  return (await client.query<RiskChange>(RISKS, [...columns, now, defaultThreshold])).rows;
}

const UNTOLD = `
  SELECT tenant, sku, location_id AS "locationId" FROM workflow.stock
   WHERE told_at_risk <> at_risk
     AND coalesce(CASE WHEN at_risk THEN risk_told_at ELSE no_risk_told_at END, '-infinity') <= to_timestamp(($1::float8 - ${ALERT_PAUSE_MS}) / 1000)
   LIMIT $2`;

/** Locations whose risk differs from the last alert, and whose pause is over. */
export async function untoldRisks(pool: Pool, now: number, limit: number): Promise<readonly StockKey[]> {
  return (await pool.query<StockKey>(UNTOLD, [now, limit])).rows;
}
