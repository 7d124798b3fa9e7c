import type { Chore } from '@holdfast/kit';
import type { Runtime } from '@holdfast/runtime';
import type { Surroundings } from '../reservation.parts.js';
import { UPKEEP_MS } from '../limits.js';
import { FairnessLog } from './fairness-log.js';
import { FairnessRecorder } from './fairness-recorder.js';
import { FairnessTable } from './fairness-table.js';

export interface Fairness {
  readonly log: FairnessLog;
  readonly upkeep: Chore;
  /** Writes what is noted; nothing is noted any more. */
  stop(): Promise<void>;
}

/** Listens to the queues from now on. */
export function openFairness(
  { clock, database, logger, metrics, turns }: Pick<Runtime, 'clock' | 'database' | 'logger' | 'metrics' | 'turns'>,
  { timers, newId }: Pick<Surroundings, 'timers' | 'newId'>,
): Fairness {
  const written = metrics.counter('holdfast_fairness_contenders_total', 'Contenders for a SKU that were written down.');
  const missed = metrics.counter('holdfast_fairness_missed_total', 'Commands that may have contended and were not written down.');
  const table = new FairnessTable(database.pool);
  const recorder = new FairnessRecorder({
    table,
    process: newId(),
    clock,
    timers,
    written: (contenders) => written.inc(contenders),
    missed: (commands) => missed.inc(commands),
    onFault: (error) => logger.warn({ err: error }, 'contended turns could not be written down'),
  });
  const deafen = turns.listen(recorder);
  return {
    log: new FairnessLog(recorder, table),
    upkeep: { name: 'fairness_log', everyMs: UPKEEP_MS, run: () => table.forget(clock.now()) },
    async stop() {
      deafen();
      await recorder.flush();
    },
  };
}
