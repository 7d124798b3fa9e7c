import { positionId, positionViews, type PositionView } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { EXPIRY_STAGES_DAYS } from '@holdfast/warehouse';
import type { AlertSource, Trouble } from './alert-source.js';

const DAY_MS = 86_400_000;
const STAGES = [...EXPIRY_STAGES_DAYS].sort((one, other) => one - other);
const WITHIN_MS = Math.max(...EXPIRY_STAGES_DAYS) * DAY_MS;

const SOON = `
  SELECT tenant, sku, since, at, rank FROM (
    SELECT s.*, extract(epoch FROM s.since)::float8 * 1000 AS at, row_number() OVER (PARTITION BY s.tenant ORDER BY s.since, s.sku) AS rank
      FROM (
        SELECT tenant, sku, min(expires_at) AS since FROM workflow.lot_expiry
         WHERE expires_at > to_timestamp($1::float8 / 1000) AND expires_at <= to_timestamp($2::float8 / 1000)
         GROUP BY tenant, sku) s
      LEFT JOIN jsonb_to_recordset($4::jsonb) AS r (tenant text, at float8, sku text) ON r.tenant = s.tenant
     WHERE r.tenant IS NULL OR (extract(epoch FROM s.since)::float8 * 1000, s.sku) > (r.at, r.sku)) t
   WHERE rank <= $3
   ORDER BY tenant, rank`;

interface Row {
  readonly tenant: string;
  readonly sku: string;
  readonly at: number;
}

/**
 * Lots with units that expire within 30 days, and once more within 7. A lot is one subject wherever it lies; the figure is its units. Of a
 * tenant with many each look goes on where the last one ended, and begins again after its last.
 */
export const expiringSoon = (ledger: Pick<SkuLedger, 'read'>): AlertSource => {
  let reached = new Map<string, Row>();
  return {
    kind: 'expiring_soon',
    everyMs: 900_000,
    isToldOnce: true,
    troubles: async (client, now, { most }) => {
      const after = JSON.stringify([...reached.values()]);
      const { rows } = await client.query<Row>(SOON, [now, now + WITHIN_MS, most, after]);
      const pages = new Map<string, Row[]>();
      for (const row of rows) pages.set(row.tenant, [...(pages.get(row.tenant) ?? []), row]);
      reached = new Map(
        [...pages].flatMap(([tenant, page]) => {
          const last = page.at(-1);
          return page.length < most || last === undefined ? [] : [[tenant, last] as const];
        }),
      );
      const found: Trouble[] = [];
      for (const { tenant, sku } of rows) {
        const { state } = await ledger.read({ tenant, sku });
        for (const lot of lotsOf(positionViews(state, now), now)) found.push(troubleOf(tenant, sku, lot));
      }
      return found;
    },
  };
};

interface ExpiringLot {
  readonly lotId: string;
  readonly expiryDate: string | undefined;
  /** The first of its instants. */
  readonly expiresAt: number;
  readonly units: number;
  readonly stage: number;
}

/** Lots with units that are not expired yet and will be soon. */
function lotsOf(positions: readonly PositionView[], now: number): readonly ExpiringLot[] {
  const lots = new Map<string, ExpiringLot>();
  for (const { lotId, expiryDate, expiresAt, quantity, because } of positions) {
    if (lotId === undefined || expiresAt === undefined || expiresAt <= now || because === 'lot_expired' || quantity <= 0) continue;
    const before = lots.get(lotId) ?? { expiresAt, units: 0 };
    const first = Math.min(before.expiresAt, expiresAt);
    const stage = STAGES.find((days) => first - now <= days * DAY_MS);
    if (stage !== undefined) lots.set(lotId, { lotId, expiryDate, expiresAt: first, units: before.units + quantity, stage });
  }
  return [...lots.values()];
}

const troubleOf = (tenant: string, sku: string, { lotId, expiryDate, expiresAt, units, stage }: ExpiringLot): Trouble => ({
  tenant,
  subject: positionId(sku, '', lotId, ''),
  stage,
  figure: units,
  since: expiresAt - stage * DAY_MS,
  details: { sku, lotId, ...(expiryDate === undefined ? {} : { expiryDate }) },
});
