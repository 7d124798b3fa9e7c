import { type Chore, ProcessTable } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import type { TransferProcess } from '../transfers/transfer-process.js';
import type { TransferStreams } from '../transfers/transfer-streams.js';
import { PROCESS_TABLE, TRANSFER_TIMES } from '../transfers/transfer-watch.js';
import { LineSteps } from './process/line-steps.js';
import { RequestProcess } from './process/request-process.js';
import type { RequestStreams } from './process/request-streams.js';
import { RequestTransfers } from './process/request-transfers.js';
import { REQUEST_KIND, requestWatch } from './process/request-watch.js';
import { RequestReports } from './reports/request-reports.js';
import { RequestListPosition } from './request-list-position.js';
import { RequestList } from './request-list.js';
import { requestProductFollower } from './request-products.js';
import { requestFollower } from './request-rows.js';
import { RequestsService } from './requests.service.js';

/** What the controllers of stock requests are given. */
export interface RequestParts {
  readonly requests: RequestsService;
  readonly requestReports: RequestReports;
  readonly requestsListed: RequestListPosition;
}

export interface OpenRequests {
  readonly parts: RequestParts;
  readonly chores: readonly Chore[];
  readonly stop: () => Promise<void>;
}

interface Around {
  readonly streams: RequestStreams;
  readonly transfers: { readonly streams: TransferStreams; readonly process: TransferProcess };
  readonly locations: KnownLocations;
  readonly warn: (what: string) => (error: unknown) => void;
}

/** Opens stock requests: their streams, their process, their lists. */
export async function openRequests(
  { eventStore, ledger, clock, database }: Runtime,
  { streams, transfers, locations, warn }: Around,
): Promise<OpenRequests> {
  const { pool } = database;
  const now = (): number => clock.now();
  const rows = await followEvents(pool, eventStore, requestFollower, now, warn('stock requests could not be followed for a moment'));
  const products = await followEvents(pool, eventStore, requestProductFollower, now, warn('products could not be followed for a moment'));
  const table = new ProcessTable(pool, PROCESS_TABLE, REQUEST_KIND, TRANSFER_TIMES);
  const shipping = new RequestTransfers(transfers.streams, transfers.process, now);
  const process = new RequestProcess(streams, new LineSteps(ledger, now), shipping, table, now);
  const list = new RequestList(pool);
  return {
    parts: {
      requests: new RequestsService(streams, process, list, ledger, locations),
      requestReports: new RequestReports(pool),
      requestsListed: new RequestListPosition(() => rows.position()),
    },
    chores: requestWatch(pool, process, now, warn('a stock request could not be finished and is tried again')),
    stop: async () => {
      await streams.drain();
      await Promise.all([rows.stop(), products.stop()]);
    },
  };
}
