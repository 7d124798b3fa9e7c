import { TOPICS } from '@holdfast/contracts';
import { createServiceApp } from '@holdfast/platform';
import { Histories, installAnalyticsAtStart, PositionGate, READ_MODEL, readModelSchema } from '@holdfast/read-model';
import { openPool, type RunningService, type Runtime, type ServiceDefinition } from '@holdfast/runtime';
import { AtpProjectionModule } from './atp-projection.module.js';
import { AvailabilityCheck } from './availability/availability-check.js';
import { EventPages } from './history/event-pages.js';
import { StockPast } from './history/stock-past.js';
import { PositionItems } from './items/position-items.js';
import { Rebuilds } from './operations/rebuilds.js';
import { ProjectionMetrics } from './projection/projection-metrics.js';
import { Projector } from './projection/projector.js';
import { keepTrimmed } from './projection/trimming.js';
import { ErpReadings } from './reading/erp-readings.js';
import { Freshness } from './reading/freshness.js';
import { ReadTables } from './reading/read-tables.js';
import { LiveTopics } from './stream/live-topics.js';
import { Readers } from './stream/readers.js';

const NAME = 'atp-projection';

/** Turns are written on connections of their own: requests that queue for the shared ones never hold the projection up. */
const OWN_CONNECTIONS = 4;

/** Keeps stock and ATP in tables and on topics as the events say, and answers from the tables. */
export const atpProjectionService: ServiceDefinition = { name: NAME, start };

async function start(runtime: Runtime): Promise<RunningService> {
  const { bus, clock, config, eventStore, health, idempotency, ledger, metrics } = runtime;
  const { connectionString, pool } = runtime.database;
  const logger = runtime.logger.child({ service: NAME });
  await runtime.database.open(readModelSchema());
  await installAnalyticsAtStart(pool, (what, error) => logger.warn({ err: error }, what));
  await bus.ensureTopics([TOPICS.erpReadings, TOPICS.stockEvents, TOPICS.atp, TOPICS.channelAtp]);

  const tables = new ReadTables(pool, READ_MODEL);
  const freshness = new Freshness(new PositionGate(tables), eventStore, () => clock.now());
  const readings = new ErpReadings(clock);
  await readings.follow(bus, (error) => logger.warn({ err: error }, 'how old figures of ERPs are waits for the bus'));
  const checks = new AvailabilityCheck(tables, ledger, freshness, clock);
  const readers = new Readers(new LiveTopics(bus, logger));
  const ownPool = openPool(connectionString, OWN_CONNECTIONS, (error) => {
    logger.warn({ err: error }, 'a connection of the projection broke');
  });
  const shared = { connectionString, pool: ownPool, schema: READ_MODEL, eventStore, logger };
  const rebuilds = new Rebuilds({ ...shared, clock });
  const projector = new Projector({ ...shared, bus, metrics: new ProjectionMetrics(metrics, clock) });

  const past = new StockPast(eventStore, new Histories(eventStore), ledger);
  const pages = new EventPages(eventStore);
  const positions = new PositionItems(tables, ledger, clock);
  const module = AtpProjectionModule.of({ positions, tables, freshness, readings, checks, readers, rebuilds, past, pages });
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  health.register('projection', () => projector.check());
  projector.start();
  const stopTrimming = keepTrimmed(ownPool, READ_MODEL, (error) => logger.warn({ err: error }, 'ended reservations could not be removed'));

  return {
    app,
    async stop() {
      await Promise.all([projector.stop(), rebuilds.stop(), stopTrimming()]);
      await app.close();
      await readings.stop();
      await ownPool.end();
    },
  };
}
