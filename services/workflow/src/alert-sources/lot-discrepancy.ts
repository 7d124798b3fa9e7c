import { isKeptByChannel, itemId, unassignedUnits, type SkuState } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { PoolClient } from 'pg';
import { toldAndOldest, type AlertSource, type Trouble } from './alert-source.js';

/** So long may a posting that is under way take. */
export const LOT_DISCREPANCY_MS = 86_400_000;

const SKUS = 'SELECT tenant, sku FROM workflow.lot_sku ORDER BY tenant, sku';
const BEGIN = `
  INSERT INTO workflow.lot_residue (tenant, sku, location_id, subject, since)
  SELECT tenant, sku, location_id, subject, to_timestamp($5::float8 / 1000)
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS r (tenant, sku, location_id, subject)
   ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`;
const END = `
  DELETE FROM workflow.lot_residue l WHERE NOT EXISTS (
    SELECT FROM unnest($1::text[], $2::text[], $3::text[]) AS r (tenant, sku, location_id)
     WHERE r.tenant = l.tenant AND r.sku = l.sku AND r.location_id = l.location_id)`;
const LASTING = `
  SELECT tenant, sku, location_id AS "locationId", subject, extract(epoch FROM since)::float8 * 1000 AS since FROM workflow.lot_residue
   WHERE since <= to_timestamp($1::float8 / 1000)`;

interface Place {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

type Residue = Place & { readonly units: number };

/**
 * Lots of a SKU and what is on hand of it at a location do not add up for a day. The figure is units without a lot; below 0, lots have so many
 * units more than are on hand.
 */
export const lotDiscrepancy = (ledger: Pick<SkuLedger, 'read'>): AlertSource => ({
  kind: 'lot_discrepancy',
  everyMs: 900_000,
  troubles: async (client, now, { most }) => {
    const residues = await residuesNow(client, ledger);
    const columns = [residues.map(({ tenant }) => tenant), residues.map(({ sku }) => sku), residues.map(({ locationId }) => locationId)];
    await client.query(BEGIN, [...columns, residues.map(({ sku, locationId }) => itemId(sku, locationId)), now]);
    await client.query(END, columns);
    const units = new Map(residues.map((residue) => [keyOf(residue), residue.units]));
    const query = { kind: 'lot_discrepancy', sql: LASTING, values: [now - LOT_DISCREPANCY_MS], subject: 'subject' } as const;
    const lasting = await toldAndOldest<Place & { subject: string; since: number }>(client, query, most);
    return lasting.map(({ tenant, sku, locationId, subject, since }): Trouble => {
      const figure = units.get(keyOf({ tenant, sku, locationId })) ?? 0;
      const says = figure < 0 ? 'Lots have more units than are on hand' : 'Units on hand have no lot';
      return { tenant, subject, stage: 0, figure, since, details: { sku, locationId, says } };
    });
  },
});

const keyOf = ({ tenant, sku, locationId }: Place): string => JSON.stringify([tenant, sku, locationId]);

async function residuesNow(client: PoolClient, ledger: Pick<SkuLedger, 'read'>): Promise<readonly Residue[]> {
  const { rows } = await client.query<{ tenant: string; sku: string }>(SKUS);
  const found: Residue[] = [];
  for (const { tenant, sku } of rows) {
    const { state } = await ledger.read({ tenant, sku });
    for (const { locationId, units } of residuesOf(state)) found.push({ tenant, sku, locationId, units });
  }
  return found;
}

/** What a channel keeps has no lots, so nothing is missing there. */
const residuesOf = (state: SkuState): readonly { readonly locationId: string; readonly units: number }[] =>
  state.detail?.lots === undefined
    ? []
    : [...state.balances.keys()]
        .filter((locationId) => !isKeptByChannel(locationId))
        .map((locationId) => ({ locationId, units: unassignedUnits(state, locationId) }))
        .filter(({ units }) => units !== 0);
