import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime } from '@holdfast/runtime';
import type { Runtime } from '@holdfast/runtime';

/** The addresses of embedded engines that a running Holdfast writes down. */
interface EnginesFile {
  readonly databaseUrl: string;
  readonly pid?: number;
}

const isEnginesFile = (value: unknown): value is EnginesFile =>
  typeof value === 'object' && value !== null && 'databaseUrl' in value && typeof value.databaseUrl === 'string';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Address of the embedded Postgres of a Holdfast that runs on this data folder; undefined when none does. */
export function runningDatabase(dataFolder: string): string | undefined {
  const file = join(dataFolder, 'engines.json');
  if (!existsSync(file)) return undefined;
  const engines: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isEnginesFile(engines)) return undefined;
  // A killed Holdfast does not delete its file.
  return engines.pid === undefined || isAlive(engines.pid) ? engines.databaseUrl : undefined;
}

/**
 * Opens the engines that the environment names. Where it names no database: those of the Holdfast that runs on the data folder,
 * or, where none runs, the embedded ones of that folder.
 */
export async function connect(environment: NodeJS.ProcessEnv): Promise<Runtime> {
  const quiet = { ...environment, HOLDFAST_LOG_LEVEL: environment['HOLDFAST_LOG_LEVEL'] ?? 'error' };
  const config = loadConfig(quiet);
  const found = config.databaseUrl === undefined ? runningDatabase(config.dataFolder) : undefined;
  const used = found === undefined ? config : loadConfig({ ...quiet, DATABASE_URL: found });
  const options = { name: 'operations', embedded: used.databaseUrl === undefined, logger: createLogger(used, 'operations') };
  return openRuntime(used, options);
}
