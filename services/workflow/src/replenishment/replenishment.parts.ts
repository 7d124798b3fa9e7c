import type { Pool } from 'pg';
import { ProcessTable, type Chore } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { dailyUseFollower } from '../daily-use/daily-use-follower.js';
import { DailyUseTable } from '../daily-use/daily-use-table.js';
import { followEvents } from '../following/follow-events.js';
import type { TransferStreams } from '../transfers/transfer-streams.js';
import type { TransfersService } from '../transfers/transfers.service.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import { replenishmentFollower } from './replenishment-follower.js';
import { ReplenishmentListPosition } from './replenishment-list-position.js';
import { ReplenishmentProcess } from './replenishment-process.js';
import { ReplenishmentRuns } from './runs/replenishment-runs.js';
import { ReplenishmentStreams } from './replenishment-streams.js';
import { REPLENISHMENT_KIND, REPLENISHMENT_TIMES, replenishmentWatch, RUN_KIND, RUN_TIMES } from './replenishment-watch.js';
import { ReplenishmentService } from './replenishment.service.js';
import type { ReadRequestUnits } from './runs/request-units.js';
import { RuleTable } from './rules/rule-table.js';
import { RulesService } from './rules/rules.service.js';
import { SkuEvaluation } from './runs/sku-evaluation.js';
import { SuggestionsService } from './runs/suggestions.service.js';

/** How soon runs follow. */
export interface ReplenishmentTimes {
  /** Changes of a position within it are one evaluation. */
  readonly gatherMs: number;
  /** Between two looks for rules that are due. */
  readonly lookMs: number;
  /** After it an order that was not placed is placed by the watchdog. */
  readonly patienceMs: number;
}

export const USUAL_TIMES: ReplenishmentTimes = { gatherMs: 10_000, lookMs: 5_000, patienceMs: 10_000 };

export interface Replenishment {
  /** What the controller is given. */
  readonly doors: {
    readonly replenishment: ReplenishmentService;
    readonly replenishmentRules: RulesService;
    readonly suggestions: SuggestionsService;
    readonly replenishmentListed: ReplenishmentListPosition;
  };
  /** For lists of others. */
  readonly rules: RuleTable;
  readonly runs: ReplenishmentRuns;
  readonly chores: readonly Chore[];
  readonly stop: () => Promise<void>;
}

interface Neighbours {
  readonly pool: Pool;
  readonly transfers: TransfersService;
  readonly transferStreams: TransferStreams;
  readonly locations: KnownLocations;
  readonly requests: ReadRequestUnits;
  readonly times: ReplenishmentTimes;
}

/** Puts replenishment together and starts its followers. */
export async function startReplenishment(
  { eventStore, ledger, clock, logger }: Pick<Runtime, 'eventStore' | 'ledger' | 'clock' | 'logger'>,
  { pool, transfers, transferStreams, locations, requests, times }: Neighbours,
): Promise<Replenishment> {
  const now = (): number => clock.now();
  const warn = (what: string) => (error: unknown) => logger.warn({ err: error }, what);
  const onFault = warn('an order of replenishment could not be carried out and is tried again');
  const following = await Promise.all([
    followEvents(
      pool,
      eventStore,
      replenishmentFollower(times.gatherMs, now),
      now,
      warn('replenishment could not be followed for a moment'),
    ),
    followEvents(pool, eventStore, dailyUseFollower, now, warn('daily use could not be followed for a moment')),
  ]);
  const [list] = following;
  const streams = new ReplenishmentStreams(eventStore);
  const table = new RuleTable(pool);
  const use = new DailyUseTable(pool);
  const listed = new ReplenishmentListPosition(() => list.position(), eventStore);
  const orders = new ProcessTable(pool, PROCESS_TABLE, REPLENISHMENT_KIND, REPLENISHMENT_TIMES);
  const process = new ReplenishmentProcess({ streams, transfers, transferStreams, ledger, table: orders, now });
  const lease = new ProcessTable(pool, PROCESS_TABLE, RUN_KIND, RUN_TIMES);
  const evaluation = new SkuEvaluation(streams, ledger, now);
  const shared = { table, use, requests, process, onFault };
  const runs = new ReplenishmentRuns({ ...shared, evaluation, lease, now });
  return {
    doors: {
      replenishment: new ReplenishmentService({ ...shared, streams, ledger, locations, listed }),
      replenishmentRules: new RulesService({ streams, table, use, ledger, locations }),
      suggestions: new SuggestionsService(runs, table, listed),
      replenishmentListed: listed,
    },
    rules: table,
    runs,
    chores: [replenishmentWatch(pool, process, times.patienceMs, now, onFault), runs.chore(times.lookMs)],
    stop: async () => {
      await streams.drain();
      await Promise.all(following.map((one) => one.stop()));
    },
  };
}
