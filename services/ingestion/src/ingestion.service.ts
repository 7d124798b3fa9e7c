import { compileErpMessages, TOPICS } from '@holdfast/contracts';
import { ServiceCalls, upstreamOf, type ServiceTarget } from '@holdfast/forwarding';
import { openLocationDirectory } from '@holdfast/ledger';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp, type HoldfastConfig } from '@holdfast/platform';
import { startUpkeep, type RunningService, type Runtime, type ServiceDefinition } from '@holdfast/runtime';
import { INGESTION_SCHEMA } from './database/schema.js';
import { IngestionModule } from './ingestion.module.js';
import { ingestionParts } from './ingestion.parts.js';

const NAME = 'ingestion';
const CONNECTOR = 'channel-connector';
/** Large enough to share one look into the inbox and one commit among many, small enough to come again whole after a crash. */
const BATCH = 1_000;
const UPKEEP_MS = 3_600_000;
/** Longer than either topic keeps a message, so that none comes again that was forgotten here. */
const INBOX_KEPT_DAYS = 90;
/** How often imports that a crash left halfway are looked for. */
const IMPORTS_WATCHED_MS = 2_000;
/** How often files are looked for whose sender has left. */
const FILES_WATCHED_MS = 60_000;
const IMPORTS_KEPT_DAYS = 90;
/** How often connections are looked for whose poll is due. */
const POLLS_WATCHED_MS = 1_000;
const SILENCE_WATCHED_MS = 30_000;
const READINGS_WATCHED_MS = 2_000;
const POLL_RUNS_KEPT_DAYS = 7;
/** Longer than the longest posting lag. */
const REAPPRAISALS_KEPT_DAYS = 30;
/** A year for people to mend and replay a message; after its replay a letter only tells what was done. */
const LETTERS_KEPT = { replayedDays: 90, openDays: 365 };

/** ERP messages from the topic and over HTTP, stock figures of people, products and locations: everything that enters. */
export const ingestionService = ingestion((config) => {
  const urls = config.serviceUrls[CONNECTOR];
  return urls === undefined ? undefined : { kind: 'http', urls };
});

/** @param connectorOf where the channel connector answers, whose routes files of mappings go through; undefined where no process has one */
export function ingestion(connectorOf: (config: HoldfastConfig) => ServiceTarget | undefined): ServiceDefinition {
  return { name: NAME, start: (runtime) => start(runtime, connectorOf(runtime.config)) };
}

async function start(runtime: Runtime, connector: ServiceTarget | undefined): Promise<RunningService> {
  const { bus, clock, config, health, idempotency, metrics } = runtime;
  const logger = runtime.logger.child({ module: NAME });
  compileErpMessages();
  const dataSource = await runtime.database.open(INGESTION_SCHEMA);
  await bus.ensureTopics([TOPICS.erpStock, TOPICS.erpStockDeadLetters, TOPICS.erpReadings, TOPICS.stockEvents, TOPICS.alerts]);

  const directory = await openLocationDirectory(runtime.eventStore);
  const { bodyLimitBytes, importLimitBytes } = config;
  const reached = { service: CONNECTOR, secret: config.internalSecret?.reveal(), bodyLimitBytes, importLimitBytes, logger };
  const upstream = connector && upstreamOf(connector, reached);
  const calls = upstream && new ServiceCalls({ [CONNECTOR]: upstream });
  const parts = ingestionParts({ ...runtime, logger }, dataSource, directory, calls);
  const module = IngestionModule.of(parts);
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  connectBus(app, {
    bus,
    group: NAME,
    batchSize: BATCH,
    deadLetterTopics: { [TOPICS.erpStock.name]: TOPICS.erpStockDeadLetters.name },
    onFault: (error) => logger.warn({ err: error }, 'a batch of messages has to wait'),
  });
  await app.startAllMicroservices();
  parts.unparking.start();
  const upkeep = startUpkeep({ logger, metrics }, [
    { name: 'inbox', everyMs: UPKEEP_MS, run: () => parts.inbox.forgetOlderThan(INBOX_KEPT_DAYS) },
    { name: 'dead_letters', everyMs: UPKEEP_MS, run: () => parts.letters.forgetOlderThan(LETTERS_KEPT) },
    { name: 'old_imports', everyMs: UPKEEP_MS, run: () => parts.importTable.forgetOlderThan(IMPORTS_KEPT_DAYS) },
    { name: 'files_of_senders_that_left', everyMs: FILES_WATCHED_MS, run: () => parts.receivedFiles.dropSilent() },
    parts.importing.chore(IMPORTS_WATCHED_MS),
    parts.polling.chore(POLLS_WATCHED_MS),
    parts.silence.chore(SILENCE_WATCHED_MS),
    parts.readings.chore(READINGS_WATCHED_MS),
    { name: 'old_polls', everyMs: UPKEEP_MS, run: () => parts.runTable.forgetOlderThan(POLL_RUNS_KEPT_DAYS) },
    { name: 'old_reappraisals', everyMs: UPKEEP_MS, run: () => parts.figures.forgetOlderThan(REAPPRAISALS_KEPT_DAYS) },
  ]);

  return {
    app,
    async stop() {
      await upkeep.stop();
      await parts.unparking.stop();
      await parts.importing.stop();
      await parts.polling.stop();
      await parts.erpClient.close();
      await upstream?.close();
      // Ends the consumers first, each after the batch in its hands.
      await app.close();
      await directory.stop();
    },
  };
}
