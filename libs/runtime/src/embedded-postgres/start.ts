import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, chownSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { ensureCluster, reachableFolder, runningServer } from './data-folder.js';
import { postgresUser, type RunAs } from './run-as.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made when missing. */
  readonly folder: string;
  /** `false` only for tests: a crash of the machine may then lose what was acknowledged. */
  readonly durable?: boolean;
  /** Further server settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly connectionString: string;
  /** Where the cluster really lies. */
  readonly folder: string;
  /** Flushes and ends the server. */
  stop(): Promise<void>;
  /** Process id of the server, for crash tests. */
  readonly pid: number;
}

const READY_WITHIN_MS = 60_000;
const FORMER_SERVER_WITHIN_MS = 30_000;
const RESTART_AFTER_MS = 200;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '200',
  shared_buffers: '256MB',
  // One machine, no replicas: less to write.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Checkpoints by time rather than by volume: full-page images after each one are what costs.
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
  log_min_messages: 'warning',
};

// The shell waits on a pipe from this process. Its end (a clean stop, or SIGKILL of this process) shuts Postgres down, so that none is left
// behind: asked again and again, because a server that is only just starting does not hear it. As a session of its own it does not see the Ctrl-C of a terminal, which would end the database before the last writes.
const KEEPER = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read -r _ <&3; while kill -INT $server; do sleep 0.5; done) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $server
status=$?
kill $watcher 2>/dev/null
exit $status`;

/**
 * Starts the Postgres that npm installed, reachable over a Unix socket by this user only.
 * A server left by a process that was killed is waited for; one that dies by itself is started again.
 * @throws with the end of the server's log when it does not come up
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const runAs = postgresUser();
  const binaries = await findBinaries(runAs);
  const folder = reachableFolder(options.folder, runAs);
  await ensureCluster(folder, binaries, runAs);
  const socketFolder = makeSocketFolder(runAs);
  const connectionString = `postgres://holdfast@localhost/postgres?host=${encodeURIComponent(socketFolder)}`;
  const args = [binaries.postgres, '-D', folder, '-k', socketFolder, ...settings(options)];

  const launch = async (): Promise<ChildProcess> => {
    await formerServerEnded(folder);
    const keeper = spawnKeeper(args, `${folder}.log`, runAs);
    try {
      await ready(keeper, connectionString);
      return keeper;
    } catch (cause) {
      keeper.stdin?.end();
      throw new Error(`the embedded Postgres in ${folder} did not start: ${endOf(`${folder}.log`)}`, { cause });
    }
  };

  let stopping = false;
  let keeper = await launch();
  let restarted: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    while (!stopping) {
      await sleep(RESTART_AFTER_MS);
      try {
        keeper = await launch();
        supervise();
        return;
      } catch {
        // Its log says why; it is tried again until this process ends.
      }
    }
  };
  const supervise = (): void => {
    keeper.once('exit', () => {
      if (!stopping) restarted = restart();
    });
  };
  supervise();

  return {
    connectionString,
    folder,
    pid: runningServer(folder) ?? 0,
    async stop() {
      stopping = true;
      // A server that is being started again answers a little before it is known here.
      await restarted;
      const last = keeper;
      const ended = last.exitCode === null ? new Promise((resolve) => last.once('exit', resolve)) : Promise.resolve();
      last.ref();
      last.stdin?.end();
      await ended;
      rmSync(socketFolder, { recursive: true, force: true });
    },
  };
}

function spawnKeeper(args: readonly string[], logFile: string, runAs: RunAs | null): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'postgres', ...args], {
    ...(runAs ?? {}),
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  // The pipe must not keep this process alive, nor its breaking end it.
  keeper.stdin?.on('error', () => undefined);
  keeper.unref();
  return keeper;
}

function settings(options: EmbeddedPostgresOptions): string[] {
  const durability = options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {};
  return Object.entries({ ...SETTINGS, ...durability, ...options.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A short path: the name of a Unix socket has 107 bytes at most. */
function makeSocketFolder(runAs: RunAs | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  if (runAs !== null) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

async function formerServerEnded(folder: string): Promise<void> {
  const deadline = Date.now() + FORMER_SERVER_WITHIN_MS;
  while (runningServer(folder) !== undefined) {
    if (Date.now() > deadline) {
      throw new Error(
        `another Holdfast uses the data in ${folder} (Postgres runs as process ${String(runningServer(folder))}); stop it or name another folder in HOLDFAST_DATA`,
      );
    }
    await sleep(50);
  }
}

async function ready(keeper: ChildProcess, connectionString: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (keeper.exitCode !== null || Date.now() > deadline) throw error;
      await sleep(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function endOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
