import { TOPICS } from '@holdfast/contracts';
import { openLocationDirectory } from '@holdfast/ledger';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { startUpkeep, type DatabaseSchema, type RunningService, type Runtime, type ServiceDefinition } from '@holdfast/runtime';
import { AnswerGuard } from './answers/answer-guard.js';
import { AnswersKept1700000604000, PostgresGuardCheckpoint } from './answers/postgres-guard-checkpoint.js';
import { Certificates } from './certificates/certificates.js';
import { CommandResults1700000602000 } from './topic-commands/command-results.migration.js';
import { topicCommandsParts } from './topic-commands/topic-commands.parts.js';
import { ContendedTurns1700000603000 } from './fairness/fairness.migration.js';
import { openFairness } from './fairness/fairness.parts.js';
import { COMMAND_BATCH } from './limits.js';
import { OrderStreams } from './orders/order-streams.js';
import { ReservationModule } from './reservation.module.js';
import { postgresStorage, reservationParts, systemSurroundings, type Surroundings } from './reservation.parts.js';
import { OpenWorkTables1700000601000 } from './watch/watch.migration.js';

const NAME = 'reservation';

const SCHEMA: DatabaseSchema = {
  name: NAME,
  entities: [],
  migrations: [OpenWorkTables1700000601000, CommandResults1700000602000, ContendedTurns1700000603000, AnswersKept1700000604000],
};

/** Holds stock for orders, commits, releases and expires it; one SKU by one append, several by a process that survives crashes. */
export const reservationService: ServiceDefinition = { name: NAME, start: (runtime) => startReservation(runtime, systemSurroundings) };

/** Starts the service on other timers, for tests and simulations. */
export async function startReservation(given: Runtime, surroundings: Surroundings): Promise<RunningService> {
  const logger = given.logger.child({ service: NAME });
  const runtime = { ...given, logger };
  const { bus, clock, config, health, idempotency, metrics } = runtime;
  await runtime.database.open(SCHEMA);
  const locations = await openLocationDirectory(runtime.eventStore);
  const { reservations, orders, watch, limits, inbound } = reservationParts(runtime, locations, surroundings, postgresStorage(runtime));
  const guard = new AnswerGuard({
    eventStore: runtime.eventStore,
    answers: idempotency,
    streams: new OrderStreams(runtime.eventStore),
    checkpoint: new PostgresGuardCheckpoint(runtime.database.pool),
    clock,
    timers: surroundings.timers,
    onFault: (error) => logger.warn({ err: error }, 'whether all answers are kept is looked up again'),
  });
  const commands = topicCommandsParts(runtime, reservations, surroundings.timers);
  const fairness = openFairness(runtime, surroundings);
  const module = ReservationModule.of(reservations, new Certificates(runtime.eventStore), limits, inbound, commands, fairness.log);
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  connectBus(app, {
    bus,
    group: NAME,
    batchSize: COMMAND_BATCH,
    deadLetterTopics: { [TOPICS.reservationCommands.name]: TOPICS.reservationDeadLetters.name },
    onFault: (error) => logger.warn({ err: error }, 'a batch of commands has to wait'),
  });
  await Promise.all([watch.start(), guard.start()]);
  await app.startAllMicroservices();
  const upkeep = startUpkeep(runtime, [commands.upkeep, fairness.upkeep], surroundings.timers);
  return {
    app,
    async stop() {
      await upkeep.stop();
      commands.commands.close();
      // Ends the consumers first, each after the batch in its hands.
      await app.close();
      await orders.idle();
      await Promise.all([watch.stop(), guard.stop()]);
      await fairness.stop();
      await locations.stop();
    },
  };
}
