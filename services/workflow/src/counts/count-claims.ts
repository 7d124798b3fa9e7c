import type { Pool } from 'pg';
import { Problem } from '@holdfast/platform';
import { isCountTerminal } from '@holdfast/warehouse';
import type { CountStreams } from './count-streams.js';

export interface ClaimRef {
  readonly tenant: string;
  readonly locationId: string;
  readonly batchId: string;
}

/** A claim of a line that its batch does not have is older than this only where the process that claimed it died. */
const ADDING_MS = 60_000;

const CLAIM = `
  INSERT INTO workflow.count_claim AS c (tenant, location_id, sku, batch_id)
  SELECT $1, $2, sku, $3 FROM unnest($4::text[]) AS s (sku) ORDER BY sku
  ON CONFLICT (tenant, location_id, sku) DO UPDATE SET claimed_at = CASE WHEN c.batch_id = excluded.batch_id THEN now() ELSE c.claimed_at END
  RETURNING sku, batch_id AS "batchId", claimed_at < now() - $5 * interval '1 millisecond' AS "isOld"`;

const TAKE_OVER = `
  UPDATE workflow.count_claim SET batch_id = $3, claimed_at = now()
   WHERE tenant = $1 AND location_id = $2 AND batch_id = $4 AND sku = ANY ($5)`;

const RELEASE = 'DELETE FROM workflow.count_claim WHERE tenant = $1 AND location_id = $2 AND batch_id = $3 AND sku = ANY ($4)';

interface Claim {
  readonly sku: string;
  readonly batchId: string;
  readonly isOld: boolean;
}

/** Which open batch counts a SKU at a location: one at most. */
export class CountClaims {
  constructor(
    private readonly pool: Pool,
    private readonly streams: CountStreams,
    private readonly now: () => number,
  ) {}

  /** Claims SKUs for the batch, all or none. @throws Problem 409 `already_being_counted` with the other batch of each */
  async claim(ref: ClaimRef, skus: readonly string[]): Promise<void> {
    const { tenant, locationId, batchId } = ref;
    const { rows } = await this.pool.query<Claim>(CLAIM, [tenant, locationId, batchId, skus, ADDING_MS]);
    const others = rows.filter((claim) => claim.batchId !== batchId);
    const taken: Claim[] = [];
    for (const other of new Set(others.map((claim) => claim.batchId))) {
      const claims = others.filter((claim) => claim.batchId === other);
      const free = await this.freeOf(tenant, other, claims);
      const { rowCount } = await this.pool.query(TAKE_OVER, [tenant, locationId, batchId, other, free.map(({ sku }) => sku)]);
      const isComplete = rowCount === free.length;
      taken.push(...claims.filter((claim) => !isComplete || !free.includes(claim)));
    }
    if (taken.length === 0) return;
    await this.release(ref, skus);
    const details = taken.map(({ sku, batchId: other }) => ({ sku, batchId: other }));
    throw new Problem(409, 'already_being_counted', 'SKUs are in another open batch of this location', { details });
  }

  async release({ tenant, locationId, batchId }: ClaimRef, skus: readonly string[]): Promise<void> {
    await this.pool.query(RELEASE, [tenant, locationId, batchId, skus]);
  }

  /**
   * The claims of another batch that it has no right to any more: it ended, or it was never created. A batch that was claimed for and never
   * created is closed first, so that a late attempt cannot create it.
   */
  private async freeOf(tenant: string, batchId: string, claims: readonly Claim[]): Promise<readonly Claim[]> {
    const ref = { tenant, batchId };
    const { state } = (await this.streams.read(ref)).record;
    if (isCountTerminal(state.phase)) return claims;
    const old = claims.filter(({ isOld }) => isOld);
    if (state.phase !== 'none') {
      const lines = new Set(state.lines.map(({ sku }) => sku));
      return old.filter(({ sku }) => !lines.has(sku));
    }
    if (old.length === 0) return [];
    const closed = await this.streams.execute(ref, { type: 'CancelCount', by: 'claims', at: this.now(), commandId: `close ${batchId}` });
    return closed.record.state.phase === 'cancelled' ? claims : [];
  }
}
