import type { Pool, PoolClient } from 'pg';

/** A connection in use that breaks tells its query and, without a listener, ends the process as well. */
const toldByQuery = (): void => undefined;

/** Runs work in one transaction on one connection; anything thrown rolls it back. */
export async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>, begin = 'BEGIN'): Promise<Result> {
  return withConnection(pool, async (client) => {
    await client.query(begin);
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(toldByQuery);
      throw error;
    }
  });
}

/** Runs work in one transaction and rolls it back. @throws what the work throws */
export async function takenBack(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  await withConnection(pool, async (client) => {
    await client.query('BEGIN');
    try {
      await work(client);
    } finally {
      await client.query('ROLLBACK').catch(toldByQuery);
    }
  });
}

/** Runs work on one connection of the pool; one that broke meanwhile is not given back to it. */
async function withConnection<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  const note = (): void => void (broken = true);
  client.on('error', note);
  try {
    return await work(client);
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}
