import type { PoolClient } from 'pg';
import { positionId, positionViews, type SkuState } from '@holdfast/inventory';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import type { AlertSource, Trouble } from './alert-source.js';

const EXPIRED = `
  SELECT tenant, sku, extract(epoch FROM expired_at)::float8 * 1000 AS at FROM workflow.expired_lots ORDER BY expired_at`;
/** Unless a lot of it expired meanwhile. */
const GONE = `
  DELETE FROM workflow.expired_lots e USING unnest($1::text[], $2::text[], $3::float8[]) AS g (tenant, sku, at)
   WHERE e.tenant = g.tenant AND e.sku = g.sku AND extract(epoch FROM e.expired_at)::float8 * 1000 = g.at`;

interface Row {
  readonly tenant: string;
  readonly sku: string;
  readonly at: number;
}

/** Expired units of a lot that still lie at a location, but for those that wait to be destroyed. The figure is units. */
export const expiredStock = (ledger: Pick<SkuLedger, 'read'>, places: Pick<KnownLocations, 'find'>): AlertSource => ({
  kind: 'expired_stock',
  everyMs: 60_000,
  troubles: async (client, now, { most, isTold }) => {
    const { rows } = await client.query<Row>(EXPIRED);
    const found: Trouble[] = [];
    const gone: Row[] = [];
    const newOf = new Map<string, number>();
    const told = await toldSkus(client);
    for (const row of rows) {
      const { tenant, sku } = row;
      if (!told.has(keyOf(tenant, sku)) && (newOf.get(tenant) ?? 0) >= most) continue;
      const expired = expiredIn((await ledger.read(row)).state, row, now);
      if (expired.length === 0) gone.push(row);
      for (const trouble of expired) {
        if ((await places.find(tenant, trouble.details.locationId))?.kind === 'destruction') continue;
        found.push(trouble);
        if (!isTold(tenant, trouble.subject)) newOf.set(tenant, (newOf.get(tenant) ?? 0) + 1);
      }
    }
    await client.query(GONE, [gone.map(({ tenant }) => tenant), gone.map(({ sku }) => sku), gone.map(({ at }) => at)]);
    return found;
  },
});

const TOLD = `SELECT DISTINCT tenant, details ->> 'sku' AS sku FROM workflow.alert_trouble WHERE kind = 'expired_stock'`;
const keyOf = (tenant: string, sku: string): string => JSON.stringify([tenant, sku]);

/** SKUs of which something was told: it may be over. */
async function toldSkus(client: PoolClient): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ tenant: string; sku: string }>(TOLD);
  return new Set(rows.map(({ tenant, sku }) => keyOf(tenant, sku)));
}

type Expired = Trouble & { readonly details: { readonly locationId: string } };

function expiredIn(state: SkuState, { tenant, sku, at }: Row, now: number): readonly Expired[] {
  const lots = new Map<string, Expired>();
  for (const { locationId, lotId, expiryDate, expiresAt, quantity, because } of positionViews(state, now)) {
    if (because !== 'lot_expired' || lotId === undefined || quantity <= 0) continue;
    const subject = positionId(sku, locationId, lotId, '');
    const figure = (lots.get(subject)?.figure ?? 0) + quantity;
    const details = { sku, locationId, lotId, ...(expiryDate === undefined ? {} : { expiryDate }) };
    // A lot that a person marked as expired may have its date still to come.
    const since = expiresAt === undefined || expiresAt > now ? at : expiresAt;
    lots.set(subject, { tenant, subject, stage: 0, figure, since, details });
  }
  return [...lots.values()];
}
