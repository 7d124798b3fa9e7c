import { ProcessTable, type Chore } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import { LINE_PROCESS_TIMES, lineWatch } from '../line-processes/line-watch.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import type { WorkflowParts } from '../workflow.module.js';
import { HoldList } from './hold-list.js';
import { HOLD_KIND, holdCallStreams, holdProcess } from './hold-process.js';
import { HOLD_CALLS, holdFollower } from './hold-rows.js';
import { ReasonCodes } from '../reason-codes/reason-codes.js';
import { HoldsService } from './holds.service.js';

/** What the service starts for holds. */
export interface OpenedHolds {
  readonly parts: Pick<WorkflowParts, 'holds' | 'holdList'>;
  readonly watch: Chore;
  stop(): Promise<void>;
}

export async function openHolds(
  { database: { pool }, eventStore, ledger, clock }: Runtime,
  locations: KnownLocations,
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedHolds> {
  const now = (): number => clock.now();
  const following = await followEvents(pool, eventStore, holdFollower, now, warn('holds could not be followed for a moment'));
  const streams = holdCallStreams(eventStore);
  const table = new ProcessTable(pool, PROCESS_TABLE, HOLD_KIND, LINE_PROCESS_TIMES);
  const process = holdProcess(streams, ledger, table, now);
  const list = new HoldList({ pool, ledger, eventStore, reached: () => following.position() });
  return {
    parts: { holds: new HoldsService({ process, ledger, locations, list, reasons: new ReasonCodes(pool) }), holdList: list },
    watch: lineWatch(
      pool,
      { table: HOLD_CALLS, kind: HOLD_KIND, resume: (ref) => process.resume(ref) },
      now,
      warn('a call that holds units could not be finished and is tried again'),
    ),
    stop: async () => {
      await streams.drain();
      await following.stop();
    },
  };
}
