import type { Pool, PoolClient } from 'pg';

type Work<Result> = (client: PoolClient) => Promise<Result>;

/**
 * Runs work in one transaction on one connection: all of it is there afterwards, or nothing. Anything thrown rolls it back.
 * @param begin another beginning, with an isolation level or settings of the transaction
 */
export const inTransaction = <Result>(pool: Pool, work: Work<Result>, begin = 'BEGIN'): Promise<Result> =>
  onConnection(pool, async (client, rollBack) => {
    await client.query(begin);
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await rollBack();
      throw error;
    }
  });

/** Runs work in one transaction and rolls it back. @throws what the work throws */
export const takenBack = (pool: Pool, work: Work<void>): Promise<void> =>
  onConnection(pool, async (client, rollBack) => {
    await client.query('BEGIN');
    try {
      await work(client);
    } finally {
      await rollBack();
    }
  });

async function onConnection<Result>(
  pool: Pool,
  work: (client: PoolClient, rollBack: () => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two queries emits an error event, which would end the process without a listener.
  const remember = (error: Error): void => {
    broken = error;
  };
  client.on('error', remember);
  try {
    return await work(client, () => client.query('ROLLBACK').catch(remember));
  } finally {
    client.off('error', remember);
    // A broken connection is not given to the next one.
    client.release(broken);
  }
}
