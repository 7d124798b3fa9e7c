import { compileErpMessages, TOPICS } from '@holdfast/contracts';
import { openLocationDirectory } from '@holdfast/ledger';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { startUpkeep, type RunningService, type Runtime, type ServiceDefinition } from '@holdfast/runtime';
import { INGESTION_SCHEMA } from './database/schema.js';
import { IngestionModule } from './ingestion.module.js';
import { ingestionParts } from './ingestion.parts.js';

const NAME = 'ingestion';
/** Large enough to share one look into the inbox and one commit among many, small enough to come again whole after a crash. */
const BATCH = 1_000;
const UPKEEP_MS = 3_600_000;
/** Longer than either topic keeps a message, so that none comes again that was forgotten here. */
const INBOX_KEPT_DAYS = 90;
/** How often imports that a crash left halfway are looked for. */
const IMPORTS_WATCHED_MS = 2_000;
const IMPORTS_KEPT_DAYS = 90;
/** A year for people to mend and replay a message; after its replay a letter only tells what was done. */
const LETTERS_KEPT = { replayedDays: 90, openDays: 365 };

/** ERP messages from the topic and over HTTP, stock figures of people, products and locations: everything that enters. */
export const ingestionService: ServiceDefinition = { name: NAME, start };

async function start(runtime: Runtime): Promise<RunningService> {
  const { bus, clock, config, health, idempotency, metrics } = runtime;
  const logger = runtime.logger.child({ module: NAME });
  compileErpMessages();
  const dataSource = await runtime.database.open(INGESTION_SCHEMA);
  await bus.ensureTopics([TOPICS.erpStock, TOPICS.erpStockDeadLetters]);

  const directory = await openLocationDirectory(runtime.eventStore);
  const parts = ingestionParts({ ...runtime, logger }, dataSource, directory);
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
    parts.importing.chore(IMPORTS_WATCHED_MS),
  ]);

  return {
    app,
    async stop() {
      await upkeep.stop();
      await parts.unparking.stop();
      await parts.importing.stop();
      // Ends the consumers first, each after the batch in its hands.
      await app.close();
      await directory.stop();
    },
  };
}
