import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime, type Runtime } from '@holdfast/runtime';

export interface Engines {
  readonly runtime: Runtime;
  /** Of the Postgres that Holdfast and the baseline share. */
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** The engines of a Holdfast process as it opens them itself: embedded and durable, or those that the environment names. */
export async function openEngines(): Promise<Engines> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  // The user that Postgres runs as must get in.
  chmodSync(folder, 0o755);
  const { DATABASE_URL, EVENTSTOREDB_URL, KAFKA_BROKERS } = process.env;
  const config = loadConfig({
    HOLDFAST_DATA: folder,
    HOLDFAST_LOG_LEVEL: 'error',
    ...Object.fromEntries(Object.entries({ DATABASE_URL, EVENTSTOREDB_URL, KAFKA_BROKERS }).filter(([, value]) => value !== undefined)),
  });
  const runtime = await openRuntime(config, { name: 'bench', embedded: true, logger: createLogger(config, 'bench') });
  await mustBeDurable(runtime);
  return {
    runtime,
    connectionString: runtime.database.connectionString,
    async stop() {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @throws when an answer would not mean that it is on disk */
async function mustBeDurable({ database }: Runtime): Promise<void> {
  const { rows } = await database.pool.query<{ fsync: string; commit: string }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  const { fsync, commit } = rows[0] ?? { fsync: '?', commit: '?' };
  if (fsync !== 'on' || commit !== 'on') throw new Error(`Postgres is not durable: fsync ${fsync}, synchronous_commit ${commit}`);
}
