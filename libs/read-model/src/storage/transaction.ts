import type { Pool, PoolClient } from 'pg';

/** Runs work in one transaction on one connection; anything thrown rolls it back. */
export async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>, begin = 'BEGIN'): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const healthy = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    client.release(!healthy);
    throw error;
  }
}
