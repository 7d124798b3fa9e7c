import type { Pool } from 'pg';
import { runInLanes, uuidOf, type Chore } from '@holdfast/kit';
import { LotCalendar, type SkuLedger, type ZonedLocations } from '@holdfast/ledger';
import { redatedLots } from './redated-lots.js';

const EVERY_MS = 1_000;
/** SKUs that are read at a time, and those that are worked on side by side: sales go first. */
const BATCH = 500;
const AT_ONCE = 8;
/** Lots of one append. */
const LOTS_AT_ONCE = 100;
/** A receipt may be on its way whose sender computed its instant before the change: each SKU is looked at twice. */
const ONCE_MORE_AFTER_MS = 60_000;

interface Due {
  readonly tenant: string;
  readonly sku: string;
  readonly version: string;
  readonly passes: number;
}

const DUE = `
  SELECT tenant, sku, version, passes FROM workflow.lot_redating WHERE due_at <= to_timestamp($1::float8 / 1000)
   ORDER BY due_at, tenant, sku LIMIT ${BATCH}`;
const GIVEN = 'unnest($1::text[], $2::text[], $3::bigint[]) AS d (tenant, sku, version)';
const SAME = 'r.tenant = d.tenant AND r.sku = d.sku AND r.version = d.version';
const DONE = `DELETE FROM workflow.lot_redating r USING ${GIVEN} WHERE ${SAME}`;
const LATER = `UPDATE workflow.lot_redating r SET passes = $5, due_at = to_timestamp($4::float8 / 1000) FROM ${GIVEN} WHERE ${SAME}`;

export interface RedatingParts {
  readonly pool: Pool;
  readonly ledger: SkuLedger;
  readonly locations: ZonedLocations;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/**
 * Gives lots their instants anew, SKU by SKU. What a SKU needs is computed from its state each time, so a repeat after a crash, or by a
 * second process, changes nothing more. A row that changed meanwhile stays for the next run.
 */
export function redatingChore(parts: RedatingParts): Chore {
  const { pool, now, onFault } = parts;
  return {
    name: 'lot-redating',
    everyMs: EVERY_MS,
    run: async (stopping) => {
      while (!stopping.aborted) {
        const { rows } = await pool.query<Due>(DUE, [now()]);
        if (rows.length === 0) return;
        // Zones are read anew for each batch: those that change after its rows were read change the rows too.
        const calendar = new LotCalendar(remembering(parts.locations));
        const lanes = { laneOf: ({ tenant, sku }: Due) => JSON.stringify([tenant, sku]), lanes: AT_ONCE, window: 1 };
        const settled = await runInLanes(rows, lanes, (row) => redate(parts, calendar, row));
        const done = settled.flatMap((one) => (one.kind === 'done' ? [one.item] : []));
        const failed = settled.flatMap((one) => (one.kind === 'failed' ? [one] : []));
        await pool.query(DONE, keysOf(done.filter(({ passes }) => passes > 0)));
        const later = now() + ONCE_MORE_AFTER_MS;
        await pool.query(LATER, [...keysOf(done.filter(({ passes }) => passes === 0)), later, 1]);
        await pool.query(LATER, [...keysOf(failed.map(({ item }) => item)), later, 0]);
        if (failed[0] !== undefined) onFault(failed[0].error);
        if (rows.length < BATCH) return;
      }
    },
  };
}

const keysOf = (rows: readonly Due[]): [string[], string[], string[]] => [
  rows.map(({ tenant }) => tenant),
  rows.map(({ sku }) => sku),
  rows.map(({ version }) => version),
];

async function redate({ ledger, now }: RedatingParts, calendar: LotCalendar, { tenant, sku, version, passes }: Due): Promise<void> {
  const { state } = await ledger.read({ tenant, sku });
  const lots = await redatedLots(calendar, tenant, state);
  const { removalDays = 0 } = state.description;
  for (let from = 0; from < lots.length; from += LOTS_AT_ONCE) {
    const some = lots.slice(from, from + LOTS_AT_ONCE);
    const commandId = uuidOf(JSON.stringify(['lots redated', tenant, sku, version, passes, some]));
    const command = { type: 'RedateLots', at: now(), commandId, removalDays, lots: some, reason: 'time zone or days of removal' } as const;
    const outcome = await ledger.execute({ tenant, sku }, command, { actor: 'system' });
    if (outcome.kind === 'refused') throw new Error(`lots of ${sku} get no new instants: ${outcome.code}`);
  }
}

/** Asks for each location once. */
function remembering(locations: ZonedLocations): ZonedLocations {
  const known = new Map<string, ReturnType<ZonedLocations['find']>>();
  return {
    find: (tenant, locationId) => {
      const key = JSON.stringify([tenant, locationId]);
      const found = known.get(key) ?? locations.find(tenant, locationId);
      known.set(key, found);
      return found;
    },
  };
}
