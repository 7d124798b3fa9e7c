import type { Pool, PoolClient } from 'pg';

/** Runs work in one transaction: all of it is there afterwards, or nothing. */
export async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given to the next one.
    await client.query('ROLLBACK').catch((fault: unknown) => (broken = fault instanceof Error ? fault : new Error(String(fault))));
    throw error;
  } finally {
    client.release(broken);
  }
}
