import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { isReachableByOthers, type RunAs } from './run-as.js';

const run = promisify(execFile);

/**
 * Where the database of a wanted data folder lies. Below a folder that Postgres' user may not enter (a private home, when started as root)
 * it lies under the system's folder for such data, under a name that belongs to the wanted folder.
 */
export function reachableFolder(wanted: string, runAs: RunAs | null): string {
  const folder = resolve(wanted);
  if (runAs === null || isReachableByOthers(dirname(folder))) return folder;
  return join('/var/lib/holdfast', `${basename(folder)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
}

/** Makes a cluster in `folder` unless there is one. A crash on the way leaves nothing that looks like one. */
export async function ensureCluster(folder: string, binaries: PostgresBinaries, runAs: RunAs | null): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  ownFolder(dirname(folder), runAs);
  const unfinished = await mkdtemp(`${folder}.new-`);
  if (runAs !== null) chownSync(unfinished, runAs.uid, runAs.gid);
  try {
    await run(binaries.initdb, ['-D', unfinished, '-U', 'holdfast', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions'], {
      ...(runAs ?? {}),
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    });
    await rename(unfinished, folder);
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(
      `cannot make a database in ${folder}; is the disk full, or the folder not writable? Another place can be named in HOLDFAST_DATA`,
      {
        cause,
      },
    );
  }
}

/** Makes a folder that Postgres' user owns. */
export function ownFolder(folder: string, runAs: RunAs | null): void {
  mkdirSync(folder, { recursive: true });
  if (runAs === null) return;
  chownSync(folder, runAs.uid, runAs.gid);
  chmodSync(folder, 0o755);
}

/** Process id of a server that uses the cluster, from its lock file; undefined when none runs. */
export function runningServer(folder: string): number | undefined {
  const lock = join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
