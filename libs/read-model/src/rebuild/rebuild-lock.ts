import pg from 'pg';
import { withConnection } from '../storage/transaction.js';

/** One rebuild at a time, over all processes. */
export class RebuildRunning extends Error {
  readonly code = 'rebuild_running';
  constructor() {
    super('a rebuild is under way already');
    this.name = 'RebuildRunning';
  }
}

const LOCK = `hashtextextended('holdfast rebuild of ' || $1, 0)`;

/** Runs work under a lock of a connection of its own, which Postgres gives back should the process die. @throws RebuildRunning */
export async function withRebuildLock<Result>(connectionString: string, schema: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString });
  // A broken connection loses the lock; the swap's own row locks still keep the tables whole.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`, [schema]);
    if (rows[0]?.locked !== true) throw new RebuildRunning();
    return await work();
  } finally {
    await client.end();
  }
}

/** Whether a rebuild runs somewhere. */
export async function isRebuildRunning(pool: pg.Pool, schema: string): Promise<boolean> {
  // A lock taken for a moment is the one way to ask that needs no view of the server's internals.
  return withConnection(pool, async (client) => {
    const { rows } = await client.query<{ locked: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`, [schema]);
    if (rows[0]?.locked === true) await client.query(`SELECT pg_advisory_unlock(${LOCK})`, [schema]);
    return rows[0]?.locked !== true;
  });
}
