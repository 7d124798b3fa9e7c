import { Upkeep, type Chore, type Timers } from '@holdfast/kit';
import type { Runtime } from './port.js';

/** Starts what a service has to do beside, again and again; what fails is logged, counted and tried again at its interval. */
export function startUpkeep({ logger, metrics }: Pick<Runtime, 'logger' | 'metrics'>, chores: readonly Chore[], timers?: Timers): Upkeep {
  const runs = metrics.counter('holdfast_upkeep_runs_total', 'Runs of work that is done beside, by chore and outcome.', [
    'chore',
    'outcome',
  ]);
  const onRun = (chore: string, error?: unknown): void => {
    runs.labels(chore, error === undefined ? 'done' : 'failed').inc();
    if (error !== undefined) logger.warn({ err: error, chore }, 'upkeep failed and runs again at its interval');
  };
  const upkeep = new Upkeep(chores, { onRun, ...(timers === undefined ? {} : { timers }) });
  upkeep.start();
  return upkeep;
}
