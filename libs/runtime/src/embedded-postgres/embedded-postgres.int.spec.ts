import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startOwnTestPostgres } from '@holdfast/testing';
import { startEmbeddedPostgres } from './start.js';

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 1_000 });
  pool.on('error', () => undefined);
  try {
    return (await pool.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await pool.end();
  }
}

describe('the embedded Postgres', () => {
  it('answers queries and leaves no process when stopped', async () => {
    const server = await startOwnTestPostgres();
    const { pid } = server;
    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('starts again after its server was killed, at the same address', async () => {
    const server = await startOwnTestPostgres({ durable: true });
    await query(server.connectionString, 'create table kept (id int)');
    process.kill(server.pid, 'SIGKILL');
    const answers = async (): Promise<unknown> => {
      for (const deadline = Date.now() + 120_000; ; await sleep(50)) {
        try {
          return await query(server.connectionString, 'select count(*)::int as rows from kept');
        } catch (error) {
          if (Date.now() > deadline) throw error;
        }
      }
    };
    expect(await answers()).toEqual([{ rows: 0 }]);
    await server.stop();
  });

  it('says why it did not start', async () => {
    const server = await startOwnTestPostgres();
    const folder = (await query(server.connectionString, 'show data_directory')) as { data_directory: string }[];
    const wanted = `${folder[0]?.data_directory ?? ''}-second`;
    await expect(startEmbeddedPostgres({ folder: wanted, settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /did not start: [^]*shared_buffers/,
    );
    await server.stop();
  });
});
