import type { Runtime } from '@holdfast/runtime';
import type { Reservations } from '../reservations/reservations.js';
import type { Chore, Timers } from '@holdfast/kit';
import { UPKEEP_MS } from '../limits.js';
import { CommandHandlers } from './command-handlers.js';
import { TopicCommands } from './topic-commands.js';
import { CommandPublisher } from './command-publisher.js';
import { commandMetrics } from './command-metrics.js';
import { TransientRetry } from './transient-retry.js';
import { PostgresResults } from './postgres-results.js';
import { ResultReader } from './result-reader.js';

/** The consumer of commands, its HTTP counterparts, and the chore that deletes old results. */
export interface TopicCommandsParts {
  readonly commands: TopicCommands;
  /** For callers that use HTTP instead of the topic. */
  readonly publisher: CommandPublisher;
  readonly results: ResultReader;
  readonly upkeep: Chore;
}

export function topicCommandsParts(
  { bus, clock, database, logger, metrics }: Pick<Runtime, 'bus' | 'clock' | 'database' | 'logger' | 'metrics'>,
  reservations: Reservations,
  timers: Timers,
): TopicCommandsParts {
  const memory = new PostgresResults(database.pool);
  const retry = new TransientRetry(timers, (error) => logger.warn({ err: error }, 'a command of the topic has to wait'));
  const handlers = new CommandHandlers(reservations);
  const commands = new TopicCommands({ handlers, memory, bus, retry, clock, metrics: commandMetrics(metrics) });
  return {
    commands,
    publisher: new CommandPublisher(bus, clock),
    results: new ResultReader(memory),
    upkeep: { name: 'command_results', everyMs: UPKEEP_MS, run: () => memory.forget() },
  };
}
