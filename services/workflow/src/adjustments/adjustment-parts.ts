import { ProcessTable, type Chore } from '@holdfast/kit';
import { type KnownLocations, LotCalendar } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import { LINE_PROCESS_TIMES, lineWatch } from '../line-processes/line-watch.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import { AdjustmentList } from './adjustment-list.js';
import { ADJUSTMENT_KIND, adjustmentProcess, adjustmentStreams } from './adjustment-process.js';
import { ADJUSTMENT_DOCUMENTS, adjustmentFollower } from './adjustment-rows.js';
import { AdjustmentsService } from './adjustments.service.js';
import { ReasonCodes } from '../reason-codes/reason-codes.js';
import { RecordStockService } from './record-stock.service.js';
import type { WorkflowParts } from '../workflow.module.js';

/** What the service starts for adjustments. */
export interface OpenedAdjustments {
  readonly parts: Pick<WorkflowParts, 'adjustments' | 'recordStock' | 'adjustmentList' | 'reasonCodes'>;
  readonly watch: Chore;
  stop(): Promise<void>;
}

export async function openAdjustments(
  { database: { pool }, eventStore, ledger, clock }: Runtime,
  locations: KnownLocations,
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedAdjustments> {
  const now = (): number => clock.now();
  const following = await followEvents(pool, eventStore, adjustmentFollower, now, warn('adjustments could not be followed for a moment'));
  const streams = adjustmentStreams(eventStore);
  const table = new ProcessTable(pool, PROCESS_TABLE, ADJUSTMENT_KIND, LINE_PROCESS_TIMES);
  const process = adjustmentProcess(streams, { ledger, locations }, table, now);
  const reasonCodes = new ReasonCodes(pool);
  const adjustmentList = new AdjustmentList(pool, () => following.position());
  return {
    parts: {
      adjustments: new AdjustmentsService(process, ledger, locations, reasonCodes),
      recordStock: new RecordStockService(ledger, locations, adjustmentList, new LotCalendar(locations), reasonCodes),
      adjustmentList,
      reasonCodes,
    },
    watch: lineWatch(
      pool,
      { table: ADJUSTMENT_DOCUMENTS, kind: ADJUSTMENT_KIND, resume: (ref) => process.resume(ref) },
      now,
      warn('an adjustment could not be finished and is tried again'),
    ),
    stop: async () => {
      await streams.drain();
      await following.stop();
    },
  };
}
