import type { Chore } from '@holdfast/kit';
import type { Pool } from 'pg';

const LOOK_MS = 30_000;

const BELOW = `
  SELECT s.tenant, s.location_id, s.sku
    FROM workflow.count_setting c
   CROSS JOIN LATERAL jsonb_to_recordset(coalesce(c.settings -> 'thresholds', '[]')) AS t (sku text, "locationId" text, units bigint)
    JOIN workflow.stock s ON s.tenant = c.tenant AND s.location_id = t."locationId" AND s.sku = t.sku AND s.on_hand < t.units
   WHERE $1::text IS NULL OR c.tenant = $1`;

const BEGIN = `
  INSERT INTO workflow.count_proposal (tenant, location_id, sku, proposed_at)
  SELECT DISTINCT tenant, location_id, sku, to_timestamp($2::float8 / 1000) FROM (${BELOW}) b ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING`;

const END = `
  DELETE FROM workflow.count_proposal p
   WHERE ($1::text IS NULL OR p.tenant = $1)
     AND NOT EXISTS (SELECT FROM (${BELOW}) b WHERE b.tenant = p.tenant AND b.location_id = p.location_id AND b.sku = p.sku)`;

/**
 * Proposes to count what fell below its threshold, once: the proposal stays while stock is below, and a count of later answers it. Stock that
 * reaches the threshold and falls again is proposed again.
 */
export class CountProposals {
  constructor(
    private readonly pool: Pool,
    private readonly now: () => number,
  ) {}

  /** @param tenant all where missing */
  async look(tenant?: string): Promise<void> {
    await this.pool.query(END, [tenant ?? null]);
    await this.pool.query(BEGIN, [tenant ?? null, this.now()]);
  }

  chore(): Chore {
    return { name: 'count proposals', everyMs: LOOK_MS, run: () => this.look() };
  }
}
