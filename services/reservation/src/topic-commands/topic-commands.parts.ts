import type { Runtime } from '@holdfast/runtime';
import type { Reservations } from '../reservations/reservations.js';
import type { Chore, Timers } from '@holdfast/kit';
import { UPKEEP_MS } from '../limits.js';
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
  readonly upkeep: Chore;
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
  return {
    door,
    publisher: new CommandPublisher(bus, clock),
    results: new ResultReader(memory),
    upkeep: { name: 'command_results', everyMs: UPKEEP_MS, run: () => memory.forget() },
  };
}
