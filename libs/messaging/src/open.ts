import { KafkaBus } from './kafka/kafka-bus.js';
import type { KafkaBusOptions } from './kafka/options.js';
import type { Bus } from './port.js';
import type { PostgresBusOptions } from './postgres/options.js';
import { PostgresBus } from './postgres/postgres-bus.js';

/** Opens the bus on a Postgres log and makes sure that it answers. @throws BusUnavailable */
export const openPostgresBus = (options: PostgresBusOptions): Promise<Bus> => answering(new PostgresBus(options));

/** Opens the bus on Kafka and makes sure that it answers. @throws BusUnavailable */
export const openKafkaBus = (options: KafkaBusOptions): Promise<Bus> => answering(new KafkaBus(options));

async function answering(bus: Bus): Promise<Bus> {
  try {
    await bus.ping();
    return bus;
  } catch (error) {
    await bus.close();
    throw error;
  }
}
