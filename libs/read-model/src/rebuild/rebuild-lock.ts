import pg from 'pg';

/** One rebuild at a time, over all processes. */
export class RebuildRunning extends Error {
  readonly code = 'rebuild_running';
  constructor() {
    super('a rebuild is under way already');
    this.name = 'RebuildRunning';
  }
}

const LOCK = `hashtextextended('holdfast rebuild of ' || $1, 0)`;

/** Runs work under a lock of its own connection, which Postgres releases if the process dies. @throws RebuildRunning */
export async function withRebuildLock<Result>(connectionString: string, schema: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString });
  // A broken connection loses the lock; the row locks of the swap still protect the tables.
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

/** Whether a rebuild runs in any process. It reads the locks and takes none, so it delays no rebuild. */
export async function isRebuildRunning(pool: pg.Pool, schema: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM pg_locks, (SELECT ${LOCK} AS key) wanted
     WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND classid::bigint = (key >> 32) & 4294967295 AND objid::bigint = key & 4294967295 AND objsubid = 1`,
    [schema],
  );
  return rows.length > 0;
}
