import type { Pool, PoolClient } from 'pg';

/** Runs work in one transaction: all of it is there afterwards, or nothing. */
export async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks while nobody waits for an answer says so by an event, which would end the process if nobody listened.
  const remember = (error: Error): void => {
    broken = error;
  };
  client.on('error', remember);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(remember);
    throw error;
  } finally {
    client.off('error', remember);
    // A broken connection is not given to the next one.
    client.release(broken);
  }
}
