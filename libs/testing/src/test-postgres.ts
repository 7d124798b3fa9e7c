import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { copyOfCluster } from './cluster-template.js';
import { sharedServer } from './shared-server.js';

export interface TestPostgres {
  /** An empty database of this caller's own. */
  readonly connectionString: string;
  /** A pool that `stop` closes. */
  pool(): pg.Pool;
  stop(): Promise<void>;
}

/** With a server of its own. */
export interface OwnTestPostgres extends TestPostgres {
  /** Process id of the server, for tests that kill it. */
  readonly pid: number;
}

export interface OwnTestPostgresOptions {
  /** Real fsync. Default false: a test's data need not outlive the machine. */
  readonly durable?: boolean;
}

/** Gives a spec file a database of its own on the server that all spec files of this process use, one after the other. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const server = await sharedServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await statement(server, `create database ${name} strategy file_copy`);
  const { connectionString, pool, end } = database(server.replace('/postgres?', `/${name}?`));
  return {
    connectionString,
    pool,
    async stop() {
      await end();
      await statement(server, `drop database ${name} with (force)`);
    },
  };
}

/** For tests that stop, kill or slow down the whole server, or break connections of others. */
export async function startOwnTestPostgres({ durable = false }: OwnTestPostgresOptions = {}): Promise<OwnTestPostgres> {
  const parent = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  const server = await copyOfCluster(parent, {}, durable);
  const { connectionString, pool, end } = database(server.connectionString);
  return {
    connectionString,
    pool,
    pid: server.pid,
    async stop() {
      await end();
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function database(connectionString: string): { connectionString: string; pool: () => pg.Pool; end: () => Promise<void> } {
  const pools: pg.Pool[] = [];
  return {
    connectionString,
    pool() {
      const pool = new pg.Pool({ connectionString, max: 20 });
      pool.on('error', () => undefined);
      pools.push(pool);
      return pool;
    },
    end: async () => void (await Promise.all(pools.map((pool) => pool.end()))),
  };
}

async function statement(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
