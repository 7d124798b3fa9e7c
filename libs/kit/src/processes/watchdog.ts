import { runInLanes } from '../lanes/run-in-lanes.js';
import type { ProcessRef } from './process-table.js';
import type { Chore } from './upkeep.js';

export interface WatchdogOptions {
  readonly name: string;
  readonly everyMs: number;
  /** Processes that nobody drives and whose next attempt is due, those due for longest first: one that always fails gives way to the others. */
  readonly due: () => Promise<readonly ProcessRef[]>;
  /** Carries one to its end, or to where it waits for somebody. */
  readonly drive: (ref: ProcessRef) => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
}

/** So many are driven side by side: one that hangs until its time is over holds up few. */
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
