import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@holdfast/runtime';

const run = promisify(execFile);

export interface TestPostgres {
  /** An empty database of this caller's own. */
  readonly connectionString: string;
  /** Process id of the server, for tests that kill it. */
  readonly pid: number;
  /** A pool that `stop` closes. */
  pool(): pg.Pool;
  stop(): Promise<void>;
}

export interface TestPostgresOptions {
  /** Real fsync. Default false: a test's data need not outlive the machine. */
  readonly durable?: boolean;
}

/** Starts an embedded Postgres for one spec file, in half a second: the cluster is a copy of one that was made once on this machine. */
export async function startTestPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const template = await clusterTemplate();
  const parent = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  await run('chmod', ['755', parent]);
  const folder = join(parent, 'postgres');
  await run('cp', ['-a', template, folder]);
  const server = await startEmbeddedPostgres({ folder, durable: options.durable ?? false, settings: { shared_buffers: '64MB' } });
  const pools: pg.Pool[] = [];
  return {
    connectionString: server.connectionString,
    pid: server.pid,
    pool() {
      const pool = new pg.Pool({ connectionString: server.connectionString, max: 20 });
      pool.on('error', () => undefined);
      pools.push(pool);
      return pool;
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

async function clusterTemplate(): Promise<string> {
  const template = join(tmpdir(), `holdfast-test-cluster-${String(process.getuid?.() ?? 0)}`);
  if (existsSync(join(template, 'PG_VERSION'))) return template;
  const parent = await mkdtemp(`${template}-`);
  await run('chmod', ['755', parent]);
  const made = await startEmbeddedPostgres({ folder: join(parent, 'postgres'), durable: false });
  await made.stop();
  // Another worker may have been first; its cluster is as good.
  await rename(join(parent, 'postgres'), template).catch(() => undefined);
  await rm(parent, { recursive: true, force: true });
  return template;
}
