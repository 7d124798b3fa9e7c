import type { Pool, PoolClient } from 'pg';

/** Runs work on one connection, outside any transaction. One on which something failed is closed, so that no lock of its session stays. */
export async function withConnection<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let failed = false;
  // A connection that breaks between two queries emits an error event, which would end the process without a listener.
  const note = (): void => void (failed = true);
  client.on('error', note);
  try {
    return await work(client);
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    client.off('error', note);
    client.release(failed);
  }
}
