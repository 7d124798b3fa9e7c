import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@holdfast/runtime';
import { EVENT_STORE_PORT, KAFKA_PORT, startEventStore, startKafka } from './engines.js';
import { openNetwork, type Network } from './network/network.js';
import { NODES, type Link } from './network/nodes.js';
import { Relays } from './relays/relays.js';
import type { Cut } from './schedule.js';
import { startServicesOn, type Service } from './services.js';

const POSTGRES_PORT = 5432;

/** Where the engines answer, for a process that is not cut off from them. */
type EngineEnv = Readonly<Record<'DATABASE_URL' | 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS', string>>;

/** All of Holdfast, each node in its own namespace. */
export interface Cluster {
  readonly url: string;
  readonly key: string;
  readonly services: readonly Service[];
  readonly engines: EngineEnv;
  apply(cut: Cut): Promise<void>;
  heal(): Promise<void>;
}

/** Starts everything, lends it and removes it, however the use ends. */
export async function withCluster<Result>(use: (cluster: Cluster) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-partitions-'));
  chmodSync(folder, 0o755);
  const cleanUps = [(): Promise<void> => Promise.resolve(rmSync(folder, { recursive: true, force: true }))];
  try {
    const network = await openNetwork();
    cleanUps.push(() => network.close());
    const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
    cleanUps.push(() => postgres.stop());
    const relays = new Relays(network);
    const engines = await startEngines(network, relays, folder, postgres.connectionString);
    const started = await startServicesOn({ network, relays, folder, engines });
    cleanUps.push(() => started.stop());
    return await use({
      ...started,
      engines,
      async apply(cut) {
        if (cut.kind === 'delay') relays.delay([cut.link]);
        else await network.drop(dropsOf(cut));
      },
      async heal() {
        relays.delay([]);
        await network.heal();
      },
    });
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

function dropsOf(cut: Exclude<Cut, { kind: 'delay' }>): readonly Link[] {
  switch (cut.kind) {
    case 'pair':
      return [cut.link, { from: cut.link.to, to: cut.link.from }];
    case 'direction':
      return [cut.link];
    case 'everything':
      return NODES.flatMap((from) => NODES.flatMap((to) => (from === to ? [] : [{ from, to }])));
  }
}

/** Postgres is at a Unix socket, which its relay reaches from its namespace. */
async function startEngines(network: Network, relays: Relays, folder: string, postgresUrl: string): Promise<EngineEnv> {
  const kafka = network.addressOf('kafka');
  const socket = join(new URL(postgresUrl).searchParams.get('host') ?? '', '.s.PGSQL.5432');
  await Promise.all([
    relays.start('kafka', new Map([[KAFKA_PORT, KAFKA_PORT]])),
    relays.start('event-store', new Map([[EVENT_STORE_PORT, EVENT_STORE_PORT]])),
    relays.start('postgres', new Map([[POSTGRES_PORT, socket]])),
    startKafka({ within: network.within('kafka'), folder: join(folder, 'kafka') }, kafka),
    startEventStore({ within: network.within('event-store'), folder: join(folder, 'event-store') }),
  ]);
  return {
    DATABASE_URL: `postgres://holdfast@${network.addressOf('postgres')}:${String(POSTGRES_PORT)}/postgres`,
    EVENTSTOREDB_URL: `esdb://${network.addressOf('event-store')}:${String(EVENT_STORE_PORT)}?tls=false`,
    KAFKA_BROKERS: `${kafka}:${String(KAFKA_PORT)}`,
  };
}
