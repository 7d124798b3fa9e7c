import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The first answer of a server that is away for a while. */
async function answer(connectionString: string, sql: string): Promise<unknown[]> {
  for (const deadline = Date.now() + 120_000; ; await sleep(1)) {
    try {
      return await query(connectionString, sql);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
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
    expect(await answer(server.connectionString, 'select count(*)::int as rows from kept')).toEqual([{ rows: 0 }]);
    await server.stop();
  });

  it('leaves no process when it is stopped as soon as it answers again', async () => {
    const server = await startOwnTestPostgres();
    const [{ folder } = { folder: '' }] = (await query(server.connectionString, `select current_setting('data_directory') as folder`)) as {
      folder: string;
    }[];
    process.kill(server.pid, 'SIGKILL');
    await answer(server.connectionString, 'select 1');
    const again = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(again).not.toBe(server.pid);
    await server.stop();
    expect(() => process.kill(again, 0)).toThrow();
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
