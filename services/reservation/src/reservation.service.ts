import { openLocationDirectory } from '@holdfast/ledger';
import { createServiceApp } from '@holdfast/platform';
import type { DatabaseSchema, RunningService, Runtime, ServiceDefinition } from '@holdfast/runtime';
import { Certificates } from './certificates/certificates.js';
import { ReservationModule } from './reservation.module.js';
import { postgresStorage, reservationParts, systemSurroundings, type Surroundings } from './reservation.parts.js';
import { OpenWorkTables1700000601000 } from './watch/watch-migration.js';

const NAME = 'reservation';

const SCHEMA: DatabaseSchema = { name: NAME, entities: [], migrations: [OpenWorkTables1700000601000] };

/** Holds stock for orders, commits, releases and expires it; one SKU by one append, several by a process that survives crashes. */
export const reservationService: ServiceDefinition = { name: NAME, start: (runtime) => startReservation(runtime, systemSurroundings) };

/** Starts the service on other timers, for tests and simulations. */
export async function startReservation(given: Runtime, surroundings: Surroundings): Promise<RunningService> {
  const logger = given.logger.child({ service: NAME });
  const runtime = { ...given, logger };
  const { clock, config, health, idempotency, metrics } = runtime;
  await runtime.database.open(SCHEMA);
  const locations = await openLocationDirectory(runtime.eventStore);
  const { reservations, orders, watch, limits } = reservationParts(runtime, locations, surroundings, postgresStorage(runtime));
  const module = ReservationModule.of(reservations, new Certificates(runtime.eventStore), limits);
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  await watch.start();
  return {
    app,
    async stop() {
      await app.close();
      await orders.idle();
      await watch.stop();
      await locations.stop();
    },
  };
}
