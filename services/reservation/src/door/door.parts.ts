import type { Runtime } from '@holdfast/runtime';
import type { Reservations } from '../reservations/reservations.js';
import type { Timers } from '@holdfast/kit';
import { Upkeep } from '../time/upkeep.js';
import { CommandDesk } from './command-desk.js';
import { CommandDoor } from './command-door.js';
import { CommandPublisher } from './command-publisher.js';
import { doorMetrics } from './door-metrics.js';
import { Patience } from './patience.js';
import { PostgresResults } from './postgres-results.js';
import { ResultReader } from './result-reader.js';

/** The asynchronous door, and what keeps its memory small. */
export interface Door {
  readonly door: CommandDoor;
  /** For those who cannot speak to the topic. */
  readonly publisher: CommandPublisher;
  readonly results: ResultReader;
  readonly upkeep: Upkeep;
}

export function openDoor(
  { bus, clock, database, logger, metrics }: Pick<Runtime, 'bus' | 'clock' | 'database' | 'logger' | 'metrics'>,
  reservations: Reservations,
  timers: Timers,
): Door {
  const memory = new PostgresResults(database.pool);
  const patience = new Patience(timers, (error) => logger.warn({ err: error }, 'a command of the topic has to wait'));
  const desk = new CommandDesk(reservations);
  const door = new CommandDoor({ desk, memory, bus, patience, clock, metrics: doorMetrics(metrics) });
  const onFault = (error: unknown): void => logger.warn({ err: error }, 'results of commands could not be tidied; trying again in an hour');
  return {
    door,
    publisher: new CommandPublisher(bus, clock),
    results: new ResultReader(memory),
    upkeep: new Upkeep(timers, () => memory.forget(), onFault),
  };
}
