import type { PoolClient } from 'pg';
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

const RISKS = `
  UPDATE workflow.stock s
     SET at_risk = s.reserved > s.on_hand, risk_changes = s.risk_changes + 1
    FROM unnest($1::text[], $2::text[], $3::text[]) AS t (tenant, sku, location_id)
   WHERE s.tenant = t.tenant AND s.sku = t.sku AND s.location_id = t.location_id AND s.at_risk <> (s.reserved > s.on_hand)
  RETURNING s.tenant, s.sku, s.location_id AS "locationId", s.at_risk AS "atRisk", s.risk_changes AS change,
            s.available::float8 AS available, extract(epoch FROM s.at)::float8 * 1000 AS at,
            coalesce((SELECT a.threshold FROM workflow.stock_alert a WHERE a.tenant = s.tenant AND a.sku = s.sku), $4)::float8 AS threshold`;

/** Turns the risk of promising more than there is on or off where the new figures say so. */
export async function changeRisks(client: PoolClient, keys: readonly StockKey[], defaultThreshold: number): Promise<readonly RiskChange[]> {
  const values = [keys.map(({ tenant }) => tenant), keys.map(({ sku }) => sku), keys.map(({ locationId }) => locationId), defaultThreshold];
  return (await client.query<RiskChange>(RISKS, values)).rows;
}
