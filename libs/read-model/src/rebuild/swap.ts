import type { Pool } from 'pg';
import type { Position } from '@holdfast/event-store';
import { inTransaction } from '@holdfast/kit';
import { secureRebuilt } from '../analytics/access.js';
import { installAnalytics } from '../analytics/install.js';
import { settleVersions } from './carry-versions.js';

export interface Swap {
  readonly pool: Pool;
  readonly live: string;
  readonly next: string;
  /** Projects into `next` up to a position, inclusive. */
  readonly catchUp: (until: Position) => Promise<void>;
}

/**
 * Called at the end of a rebuild. Replaces the live tables by the rebuilt ones. The row lock on the live checkpoint makes the projector
 * wait before its next transaction; after that the epoch has changed, so it begins again from the new tables.
 * @returns rows whose topic key got a new version
 */
export async function swap({ pool, live, next, catchUp }: Swap): Promise<number> {
  const old = `${live}_old`;
  await pool.query(`DROP SCHEMA IF EXISTS ${old} CASCADE`);
  await secureRebuilt(pool, live, next);
  const corrected = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ position: string }>(`SELECT position FROM ${live}.checkpoint WHERE id = 1 FOR UPDATE`);
    const position = BigInt(rows[0]?.position ?? -1);
    await catchUp(position);
    const anew = await settleVersions(client, live, next, position);
    // Rows given a new version stand at `position`: publishing goes on from before it.
    await client.query(
      `UPDATE ${next}.checkpoint n SET epoch = greatest(n.epoch, l.epoch) + 1, recorded_at = l.recorded_at,
         published_position = CASE WHEN $1 THEN least(l.published_position, l.position - 1) ELSE l.published_position END
       FROM ${live}.checkpoint l`,
      [anew > 0],
    );
    await client.query(`UPDATE ${live}.checkpoint SET epoch = epoch + 1`);
    await client.query(`ALTER SCHEMA ${live} RENAME TO ${old}`);
    await client.query(`ALTER SCHEMA ${next} RENAME TO ${live}`);
    return anew;
  });
  // The views of analysts still read the old tables: it is not done while the projector waits, as a long query of theirs would hold it up.
  await installAnalytics(pool, 0);
  await pool.query(`DROP SCHEMA ${old} CASCADE`);
  return corrected;
}
