import pg from 'pg';
import { startTestPostgres } from '@holdfast/testing';
import { startEmbeddedPostgres } from './start.js';

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  it('answers queries and leaves no process when stopped', async () => {
    const server = await startTestPostgres();
    const { pid } = server;
    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('says why it did not start', async () => {
    const server = await startTestPostgres();
    const folder = (await query(server.connectionString, 'show data_directory')) as { data_directory: string }[];
    const wanted = `${folder[0]?.data_directory ?? ''}-second`;
    await expect(startEmbeddedPostgres({ folder: wanted, settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /did not start: [^]*shared_buffers/,
    );
    await server.stop();
  });
});
