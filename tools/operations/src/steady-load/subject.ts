import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enginesFolder, startLocal } from '@holdfast/engines';
import { startEmbeddedPostgres } from '@holdfast/runtime';
import { freePort, startServices, unique } from '@holdfast/testing';

/** A process whose use of memory and handles is sampled. */
export interface Sampled {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
}

export interface Subject {
  readonly url: string;
  readonly key: string;
  readonly processes: readonly Sampled[];
  stop(): Promise<void>;
}

/** Starts Kafka, an event store that speaks EventStoreDB's protocol, Postgres, and every service as a process of its own. @throws where an engine is missing */
export async function startSubject(): Promise<Subject> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const engines = await startEngines(ends);
    const key = unique('hf_key_of_the_steady_load');
    const port = await freePort();
    const env = { ...engines, PORT: String(port), HOLDFAST_API_KEY: key, HOLDFAST_SAMPLE: '0', HOLDFAST_RATE_PER_SECOND: '1000000' };
    const { all } = await startServices(process.cwd(), { ...env, HOLDFAST_LOG_LEVEL: 'silent' }, 2);
    ends.push(() => Promise.all(all.map((one) => one.process().stop())));
    const processes = all.map((one, index) => ({ name: `${one.name} (${String(index + 1)})`, url: one.url, pid: one.process().pid }));
    return { url: `http://127.0.0.1:${String(port)}`, key, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEngines(ends: (() => Promise<unknown>)[]): Promise<Readonly<Record<string, string>>> {
  const env: Record<string, string> = {};
  for (const name of ['kafka', 'eventstoredb'] as const) {
    const engine = await startLocal(name);
    if (engine === undefined) throw new Error(`no ${name} in ${enginesFolder()}: name the folder by HOLDFAST_ENGINES_DIR`);
    ends.push(() => engine.stop());
    env[engine.variable] = engine.url;
  }
  const parent = mkdtempSync(join(tmpdir(), 'holdfast-steady-'));
  chmodSync(parent, 0o755);
  ends.push(() => Promise.resolve(rmSync(parent, { recursive: true, force: true })));
  const postgres = await startEmbeddedPostgres({ folder: join(parent, 'data') });
  ends.push(() => postgres.stop());
  return { ...env, DATABASE_URL: postgres.connectionString };
}
