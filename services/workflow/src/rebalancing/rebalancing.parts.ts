import { type Chore, ProcessTable, type ProcessTimes } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { DailyUseTable } from '../daily-use/daily-use-table.js';
import { awaitPosition } from '../following/await-position.js';
import { followEvents } from '../following/follow-events.js';
import type { RuleTable } from '../replenishment/rules/rule-table.js';
import type { TransferStreams } from '../transfers/transfer-streams.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import type { TransfersService } from '../transfers/transfers.service.js';
import { RebalancingProcess } from './rebalancing-process.js';
import { rebalancingFollower } from './rebalancing-rows.js';
import { RebalancingRuns } from './rebalancing-runs.js';
import { RebalancingStreams } from './rebalancing-streams.js';
import { RebalancingTable } from './rebalancing-table.js';
import { RebalancingService } from './rebalancing.service.js';

const PROPOSAL_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 5_000, retry: { firstMs: 1_000, mostMs: 300_000 } };
/** A second run does not wait. */
const RUN_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 0, retry: { firstMs: 0, mostMs: 0 } };

export interface Rebalancing {
  readonly service: RebalancingService;
  readonly chores: readonly Chore[];
  readonly stop: () => Promise<void>;
}

interface Neighbours {
  readonly rules: RuleTable;
  readonly transfers: TransfersService;
  readonly transferStreams: TransferStreams;
  readonly locations: KnownLocations;
  /** Between two looks for policies that are due, and for proposals whose transfer has ended. */
  readonly lookMs: number;
  readonly warn: (what: string) => (error: unknown) => void;
}

/** Puts rebalancing together and starts its follower. */
export async function startRebalancing(
  { eventStore, ledger, clock, database }: Pick<Runtime, 'eventStore' | 'ledger' | 'clock' | 'database'>,
  { rules, transfers, transferStreams, locations, lookMs, warn }: Neighbours,
): Promise<Rebalancing> {
  const { pool } = database;
  const now = (): number => clock.now();
  const rows = await followEvents(pool, eventStore, rebalancingFollower, now, warn('rebalancing could not be followed for a moment'));
  const streams = new RebalancingStreams(eventStore);
  const table = new RebalancingTable(pool);
  const proposals = new ProcessTable(pool, PROCESS_TABLE, 'rebalancing', PROPOSAL_TIMES);
  const process = new RebalancingProcess({ streams, transfers, transferStreams, table: proposals, now });
  const lease = new ProcessTable(pool, PROCESS_TABLE, 'rebalancing_run', RUN_TIMES);
  const onFault = warn('rebalancing could not be carried out and is tried again');
  const upToDate = async (): Promise<void> => awaitPosition(() => rows.position(), await eventStore.head());
  const use = new DailyUseTable(pool);
  const runs = new RebalancingRuns({ streams, process, lease, ledger, use, rules, table, upToDate, now, onFault });
  return {
    service: new RebalancingService({ streams, runs, table, locations, eventStore, reached: () => rows.position() }),
    chores: [runs.chore(lookMs), runs.watch(lookMs)],
    stop: async () => {
      await streams.drain();
      await rows.stop();
    },
  };
}
