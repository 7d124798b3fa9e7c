import type { ClientBase, Pool } from 'pg';
import type { Position } from '@holdfast/event-store';

export interface Checkpoint {
  /** Events up to here are in the tables. */
  readonly position: Position;
  /** The messages of events up to here are on the topics. */
  readonly publishedPosition: Position;
  /** Epoch of the projector that may write: the one that incremented it last. */
  readonly epoch: bigint;
  /** Epoch milliseconds at which the newest event in the tables was recorded; undefined before the first. */
  readonly recordedAt?: number;
}

/** Another projector has taken over, or a rebuild has swapped the tables: rows in memory are no longer valid. */
export class Fenced extends Error {
  constructor() {
    super('the read model is written by another projector now');
    this.name = 'Fenced';
  }
}

interface StoredCheckpoint {
  readonly position: string;
  readonly published_position: string;
  readonly epoch: string;
  readonly recorded_at: Date | null;
}

const checkpointOf = (rows: readonly StoredCheckpoint[]): Checkpoint => {
  const row = rows[0];
  if (row === undefined) throw new Error('the read model has no checkpoint row: its migrations did not run');
  return {
    position: BigInt(row.position),
    publishedPosition: BigInt(row.published_position),
    epoch: BigInt(row.epoch),
    ...(row.recorded_at === null ? {} : { recordedAt: row.recorded_at.getTime() }),
  };
};

const COLUMNS = 'position, published_position, epoch, recorded_at';

export async function readCheckpoint(pool: Pool | ClientBase, schema: string): Promise<Checkpoint> {
  const text = `SELECT ${COLUMNS} FROM ${schema}.checkpoint WHERE id = 1`;
  return checkpointOf((await pool.query<StoredCheckpoint>({ name: `${schema}.checkpoint`, text })).rows);
}

/** Increments the epoch, which fences the previous writer. */
export async function beginEpoch(pool: Pool, schema: string): Promise<Checkpoint> {
  const text = `UPDATE ${schema}.checkpoint SET epoch = epoch + 1 WHERE id = 1 RETURNING ${COLUMNS}`;
  return checkpointOf((await pool.query<StoredCheckpoint>(text)).rows);
}

export interface CheckpointMove {
  readonly epoch: bigint;
  readonly from: Position;
  readonly to: Position;
  readonly published: Position;
  readonly recordedAt: number | undefined;
}

/**
 * Moves the checkpoint inside the client's transaction. It comes first there: its row lock is what keeps a rebuild and a projector apart.
 * @throws Fenced when the row is not as this writer left it
 */
export async function moveCheckpoint(client: ClientBase, schema: string, move: CheckpointMove): Promise<void> {
  const text = `UPDATE ${schema}.checkpoint
                SET position = $1, published_position = $2, recorded_at = coalesce($3, recorded_at)
                WHERE id = 1 AND epoch = $4 AND position = $5`;
  const recordedAt = move.recordedAt === undefined ? null : new Date(move.recordedAt);
  const values = [move.to, move.published, recordedAt, move.epoch, move.from];
  const { rowCount } = await client.query({ name: `${schema}.checkpoint move`, text, values });
  if (rowCount !== 1) throw new Fenced();
}
