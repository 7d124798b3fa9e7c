import { join } from 'node:path';
import { openEventStoreDb, openPostgresEventStore, type EventStore } from '@holdfast/event-store';
import { openKafkaBus, PostgresBus, type Bus } from '@holdfast/messaging';
import type { HoldfastConfig, Logger, Metrics } from '@holdfast/platform';
import { startEmbeddedPostgres } from '../embedded-postgres/index.js';

export interface Engines {
  readonly databaseUrl: string;
  readonly eventStore: EventStore;
  readonly bus: Bus;
  close(): Promise<void>;
}

/**
 * Opens the engines that the configuration names; what it does not name runs embedded, on one Postgres in the data folder.
 * @param embedded whether this process may start an embedded Postgres; a service that runs beside others may not
 */
export async function openEngines(config: HoldfastConfig, logger: Logger, metrics: Metrics, embedded: boolean): Promise<Engines> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const databaseUrl = config.databaseUrl?.reveal() ?? (await startPostgres(config, embedded, opened));
    const onFault = (error: unknown): void => {
      logger.warn({ err: error }, 'the bus had a fault and goes on');
    };
    const eventStore = config.eventStoreDbUrl
      ? await openEventStoreDb({ url: config.eventStoreDbUrl.reveal(), onReaderCutOff: cutOffCounter(metrics) })
      : await openPostgresEventStore({ connectionString: databaseUrl });
    opened.push(() => eventStore.close());
    const bus = config.kafkaBrokers
      ? await openKafkaBus({ brokers: config.kafkaBrokers, onFault })
      : new PostgresBus({ connectionString: databaseUrl, onFault });
    opened.push(() => bus.close());
    return { databaseUrl, eventStore, bus, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function cutOffCounter(metrics: Metrics): () => void {
  const cutOffs = metrics.counter('holdfast_event_store_reader_cut_offs_total', 'Times the event store ended the live reader as too slow.');
  return () => cutOffs.inc();
}

async function startPostgres(config: HoldfastConfig, embedded: boolean, opened: (() => Promise<void>)[]): Promise<string> {
  if (!embedded) {
    throw new Error(
      'DATABASE_URL is missing: a service that runs as its own process needs a Postgres server, for example postgres://user:password@localhost:5432/holdfast',
    );
  }
  const server = await startEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres') });
  opened.push(() => server.stop());
  return server.connectionString;
}
