import { followClosedLocations, openSkuLedger } from '@holdfast/ledger';
import { Sealer, systemClock, type Clock } from '@holdfast/kit';
import { TOPICS } from '@holdfast/contracts';
import {
  createLogger,
  createMetrics,
  HealthRegistry,
  PostgresIdempotencyStore,
  type HoldfastConfig,
  type Logger,
} from '@holdfast/platform';
import { openDatabase } from './engines/database.js';
import { openEngines } from './engines/open-engines.js';
import { ledgerObserver } from './ledger-metrics.js';
import { LedgerTurns } from './ledger-turns.js';
import type { Runtime } from './port.js';
import { keyInFile } from './secret-key.js';
import { startUpkeep } from './upkeep.js';

const PRUNE_ANSWERS_MS = 600_000;

export interface RuntimeOptions {
  /** Name in the logs. */
  readonly name: string;
  /** Whether engines that the configuration does not name are started in this process. */
  readonly embedded: boolean;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** Opens engines and surroundings for one process. @throws when an engine cannot be reached or started */
export async function openRuntime(config: HoldfastConfig, options: RuntimeOptions): Promise<Runtime> {
  const logger = options.logger ?? createLogger(config, options.name);
  const clock = options.clock ?? systemClock;
  const metrics = createMetrics();
  const secretKey = config.secretKey?.reveal() ?? (options.embedded ? await keyInFile(config.dataFolder) : undefined);
  const engines = await openEngines(config, logger, metrics, options.embedded);
  const database = openDatabase(engines.databaseUrl, config.databasePoolSize, (error) => {
    logger.warn({ err: error }, 'a connection to Postgres broke');
  });
  try {
    const health = new HealthRegistry();
    const ping = async (): Promise<void> => void (await database.pool.query('select 1'));
    health.register('database', ping);
    health.register('event_store', () => engines.eventStore.ping());
    health.register('bus', () => engines.bus.ping());
    const idempotency = new PostgresIdempotencyStore({ pool: database.pool });
    await idempotency.ensure();
    await engines.bus.ensureTopics(Object.values(TOPICS));
    const upkeep = startUpkeep({ logger, metrics }, [
      { name: 'remembered_answers', everyMs: PRUNE_ANSWERS_MS, run: (stopping) => idempotency.prune(stopping) },
    ]);
    const turns = new LedgerTurns();
    const observer = turns.observing(ledgerObserver(metrics, logger));
    const closedLocations = followClosedLocations(engines.eventStore);
    // Commands wait for it; an engine that is away now may be back by then.
    void closedLocations.known().catch(() => undefined);
    const ledger = await openSkuLedger({ eventStore: engines.eventStore, pool: database.pool, closedLocations, observer });
    return {
      config,
      logger,
      metrics,
      health,
      clock,
      sealer: secretKey === undefined ? undefined : new Sealer(secretKey),
      eventStore: engines.eventStore,
      bus: engines.bus,
      ledger,
      turns,
      database,
      idempotency,
      async stop() {
        await ledger.drain();
        await closedLocations.stop();
        await upkeep.stop();
        await idempotency.settled();
        await database.close();
        await engines.close();
      },
    };
  } catch (error) {
    await database.close();
    await engines.close();
    throw error;
  }
}
