import { inTransaction } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { isCountTerminal, overlap, type CountedPosition } from '@holdfast/warehouse';
import type { Pool } from 'pg';
import type { CountStreams } from './count-streams.js';

export interface ClaimRef {
  readonly tenant: string;
  readonly locationId: string;
  readonly batchId: string;
}

/** A claim of a line that its batch does not have is older than this only where the process that claimed it died. */
const ADDING_MS = 60_000;
/** Batches that end while their positions are claimed, before the caller is told that somebody counts them. */
const ATTEMPTS = 5;

/** Claims at one location are made one after the other: two may overlap without having a row in common. */
const ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('count claims ' || $1 || ' ' || $2, 0))";

const CLAIM = `
  INSERT INTO workflow.count_position_claim (tenant, location_id, batch_id, sku, lot_id, bin_id)
  SELECT DISTINCT $1::text, $2::text, $3::text, sku, lot_id, bin_id
    FROM unnest($4::text[], $5::text[], $6::text[]) AS s (sku, lot_id, bin_id)
  ON CONFLICT (tenant, location_id, sku, lot_id, bin_id, batch_id) DO UPDATE SET claimed_at = now()`;

/** An empty lot or bin is any. */
const OTHERS = `
  SELECT DISTINCT c.sku, c.lot_id AS "lotId", c.bin_id AS "binId", c.batch_id AS "batchId",
         c.claimed_at < now() - $7 * interval '1 millisecond' AS "isOld"
    FROM unnest($4::text[], $5::text[], $6::text[]) AS s (sku, lot_id, bin_id)
    JOIN workflow.count_position_claim c
      ON c.sku = s.sku AND (s.lot_id IN ('', c.lot_id) OR c.lot_id = '') AND (s.bin_id IN ('', c.bin_id) OR c.bin_id = '')
   WHERE c.tenant = $1 AND c.location_id = $2 AND c.batch_id <> $3
   ORDER BY 1, 2, 3, 4`;

const RELEASE = `
  DELETE FROM workflow.count_position_claim c USING unnest($4::text[], $5::text[], $6::text[]) AS s (sku, lot_id, bin_id)
   WHERE c.tenant = $1 AND c.location_id = $2 AND c.batch_id = $3 AND c.sku = s.sku AND c.lot_id = s.lot_id AND c.bin_id = s.bin_id`;

/** A claim that was made again meanwhile stays. */
const RELEASE_OLD = `${RELEASE} AND c.claimed_at < now() - $7 * interval '1 millisecond'`;

interface Claim {
  readonly sku: string;
  /** Empty for any. */
  readonly lotId: string;
  readonly binId: string;
  readonly batchId: string;
  readonly isOld: boolean;
}

/** The positions, and each lot under its other ids. */
export type LotNames = (tenant: string, positions: readonly CountedPosition[]) => Promise<readonly CountedPosition[]>;

/** Which open batch counts a position, or all of a SKU at a location: one at most. */
export class CountClaims {
  constructor(
    private readonly pool: Pool,
    private readonly streams: CountStreams,
    private readonly now: () => number,
    private readonly lotNames: LotNames,
  ) {}

  /** Claims positions for the batch, all or none. @throws Problem 409 `already_being_counted` with the other batch of each */
  async claim(ref: ClaimRef, named: readonly CountedPosition[]): Promise<void> {
    const positions = await this.lotNames(ref.tenant, named);
    for (let attempt = 1; ; attempt += 1) {
      const others = await this.tryToClaim(ref, positions);
      if (others.length === 0) return;
      let isFree = attempt < ATTEMPTS;
      for (const batchId of new Set(others.map((claim) => claim.batchId))) {
        const claims = others.filter((claim) => claim.batchId === batchId);
        isFree = (await this.freeOf({ ...ref, batchId }, claims)) && isFree;
      }
      if (isFree) continue;
      const details = others.map(({ sku, lotId, binId, batchId }) => ({ sku, batchId, ...placeOf({ lotId, binId }) }));
      throw new Problem(409, 'already_being_counted', 'Positions are in another open batch of this location', { details });
    }
  }

  async release(ref: ClaimRef, positions: readonly CountedPosition[]): Promise<void> {
    await this.pool.query(RELEASE, valuesOf(ref, positions));
  }

  /** @returns what other batches claim of it; then nothing was claimed */
  private tryToClaim(ref: ClaimRef, positions: readonly CountedPosition[]): Promise<readonly Claim[]> {
    const values = valuesOf(ref, positions);
    return inTransaction(this.pool, async (client) => {
      await client.query(ONE_AT_A_TIME, [ref.tenant, ref.locationId]);
      const { rows } = await client.query<Claim>(OTHERS, [...values, ADDING_MS]);
      if (rows.length === 0) await client.query(CLAIM, values);
      return rows;
    });
  }

  /**
   * Releases the claims of another batch that it has no right to any more: it ended, or it was never created. A batch that was claimed for and
   * never created is closed first, so that a late attempt cannot create it.
   * @returns whether these are all
   */
  private async freeOf(other: ClaimRef, claims: readonly Claim[]): Promise<boolean> {
    const { state } = (await this.streams.read(other)).record;
    if (isCountTerminal(state.phase) || (state.phase === 'none' && claims.some(({ isOld }) => isOld) && (await this.close(other)))) {
      await this.release(other, claims);
      return true;
    }
    if (state.phase === 'none') return false;
    const left = claims.filter((claim) => claim.isOld && !state.lines.some((line) => overlap(line, { sku: claim.sku, ...placeOf(claim) })));
    await this.pool.query(RELEASE_OLD, [...valuesOf(other, left), ADDING_MS]);
    return left.length === claims.length;
  }

  private async close({ tenant, batchId }: ClaimRef): Promise<boolean> {
    const command = { type: 'CancelCount', by: 'claims', at: this.now(), commandId: `close ${batchId}` } as const;
    const { record } = await this.streams.execute({ tenant, batchId }, command);
    return record.state.phase === 'cancelled';
  }
}

const placeOf = ({ lotId, binId }: Pick<Claim, 'lotId' | 'binId'>): Omit<CountedPosition, 'sku'> => ({
  ...(lotId === '' ? {} : { lotId }),
  ...(binId === '' ? {} : { binId }),
});

const valuesOf = ({ tenant, locationId, batchId }: ClaimRef, positions: readonly CountedPosition[]) => [
  ...[tenant, locationId, batchId],
  positions.map(({ sku }) => sku),
  positions.map(({ lotId = '' }) => lotId),
  positions.map(({ binId = '' }) => binId),
];
