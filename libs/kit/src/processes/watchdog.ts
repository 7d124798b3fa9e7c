import { runInLanes } from '../lanes/run-in-lanes.js';
import type { ProcessRef } from './process-table.js';
import type { Chore } from './upkeep.js';

export interface WatchdogOptions {
  readonly name: string;
  readonly everyMs: number;
  /**
   * Processes that no instance drives and whose next attempt is due, longest due first: a process that always fails comes after the others.
   */
  readonly due: () => Promise<readonly ProcessRef[]>;
  /** Drives one process to its end, or until it waits for a caller. */
  readonly drive: (ref: ProcessRef) => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
}

/** Processes driven at the same time: one that hangs until its time-out delays few others. */
const AT_ONCE = 4;

/** Drives the processes that a crash, or an engine that was away, left halfway. */
export const watchdog = ({ name, everyMs, due, drive, onFault }: WatchdogOptions): Chore => ({
  name,
  everyMs,
  run: async (stopping) => {
    const lanes = { laneOf: ({ tenant, id }: ProcessRef) => JSON.stringify([tenant, id]), lanes: AT_ONCE, window: 1 };
    const results = await runInLanes(await due(), lanes, async (ref) => (stopping.aborted ? undefined : drive(ref)));
    for (const result of results) if (result.kind === 'failed') onFault(result.error);
  },
});
