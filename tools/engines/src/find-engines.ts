import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@holdfast/runtime';
import { dockerAnswers, startEventStoreDbContainer, startKafkaContainer } from './containers.js';
import type { Engine, Found } from './engine.js';
import { enginesFolder, startLocal } from './local-engines.js';

/** Engines by their variables; with none set, those of the engines folder, else containers; Postgres is the embedded one, as a server of its own. */
export async function findEngines(): Promise<readonly Found[]> {
  const named = (['KAFKA_BROKERS', 'EVENTSTOREDB_URL', 'DATABASE_URL'] as const).flatMap((variable): Engine[] => {
    const url = process.env[variable];
    return url === undefined || url === '' ? [] : [{ variable, url, origin: 'named by its variable', stop: () => Promise.resolve() }];
  });
  if (named.length > 0) return [...named, ...missingOf(named)];
  return [
    await startOne('kafka', 'KAFKA_BROKERS', startKafkaContainer),
    await startOne('eventstoredb', 'EVENTSTOREDB_URL', startEventStoreDbContainer),
    await startPostgres(),
  ];
}

function missingOf(named: readonly Engine[]): Found[] {
  return (['KAFKA_BROKERS', 'EVENTSTOREDB_URL', 'DATABASE_URL'] as const)
    .filter((variable) => !named.some((engine) => engine.variable === variable))
    .map((variable) => ({ variable, missing: `${variable} is not set while others are` }));
}

async function startOne(name: 'kafka' | 'eventstoredb', variable: Engine['variable'], container: () => Promise<Engine>): Promise<Found> {
  const local = await startLocal(name);
  if (local !== undefined) return local;
  if (await dockerAnswers()) return container();
  return { variable, missing: `no ${name} in ${enginesFolder()}, and no Docker engine answers` };
}

async function startPostgres(): Promise<Engine> {
  const parent = mkdtempSync(join(tmpdir(), 'holdfast-postgres-'));
  chmodSync(parent, 0o755);
  const server = await startEmbeddedPostgres({ folder: join(parent, 'data') });
  return {
    variable: 'DATABASE_URL',
    url: server.connectionString,
    origin: 'the Postgres that npm installed, as a server of its own',
    async stop() {
      await server.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
