import type { AbcClasses } from '../counts/planning/abc.js';
import type { AlertSource, Trouble } from './alert-source.js';

const DAY_MS = 86_400_000;

/** Where somebody counts; no class is due again within a day. */
const COUNTED = `
  SELECT tenant, location_id AS "locationId" FROM workflow.last_count
   GROUP BY tenant, location_id HAVING min(counted_at) <= to_timestamp($1::float8 / 1000) ORDER BY min(counted_at)`;

/** Locations with SKUs that were counted and are due again by their class. The figure is SKUs. */
export const countOverdue = (abc: Pick<AbcClasses, 'of'>): AlertSource => ({
  kind: 'count_overdue',
  everyMs: 900_000,
  troubles: async (client, now, { most, isTold }) => {
    const { rows } = await client.query<{ tenant: string; locationId: string }>(COUNTED, [now - DAY_MS]);
    const found: Trouble[] = [];
    const foundOf = new Map<string, number>();
    for (const { tenant, locationId } of rows) {
      const known = foundOf.get(tenant) ?? 0;
      const isNew = !isTold(tenant, locationId);
      if (isNew && known === most) continue;
      const { items } = await abc.of(tenant, locationId);
      const overdue = items.filter(({ dueAt, isBeingCounted }) => dueAt < now && !isBeingCounted);
      if (overdue.length === 0) continue;
      const since = overdue.reduce((oldest, { dueAt }) => Math.min(oldest, dueAt), now);
      if (isNew) foundOf.set(tenant, known + 1);
      found.push({ tenant, subject: locationId, stage: 0, figure: overdue.length, since, details: { locationId } });
    }
    return found;
  },
});
