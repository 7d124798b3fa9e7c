import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { copyOfCluster } from './cluster-template.js';

// A jest worker forgets all modules between two spec files, but stays the same process. Its server is found again by the process id,
// and ends with the process: the embedded Postgres ends when the process that started it does, however that ends.

/** Waits until the pipe from its parent is at its end and the server has gone, then removes the folder. */
const CLEANER = `
read -r _
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -e "$1/postgres/postmaster.pid" ] || break; sleep 0.5; done
rm -rf "$1"`;

/** Address of the database `postgres` of this process's server, which is started on the first call. */
export async function sharedServer(): Promise<string> {
  const folder = join(tmpdir(), `holdfast-test-server-${String(process.pid)}`);
  const address = join(folder, 'address');
  if (existsSync(address)) {
    const known = readFileSync(address, 'utf8');
    if (await answers(known)) return known;
  }
  // Of a former process with the same id.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o755 });
  const server = await copyOfCluster(folder, { max_connections: '400' });
  const cleaner = spawn('/bin/sh', ['-c', CLEANER, 'cleaner', folder], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  cleaner.unref();
  writeFileSync(address, server.connectionString);
  return server.connectionString;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
