import { ProcessTable, type Chore } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import type { BinState } from '@holdfast/warehouse';
import { followEvents } from '../following/follow-events.js';
import { LINE_PROCESS_TIMES, lineWatch } from '../line-processes/line-watch.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import { BinFacts } from './bin-facts.js';
import { BinRoom } from './bin-room.js';
import { binFollower } from './bin-rows.js';
import { BinSpace } from './bin-space.js';
import { BinStocks } from './bin-stocks.js';
import { CALL_MS, CallClaims } from './call-claims.js';
import { binStreams, type BinRef } from './bin-streams.js';
import { documentsUnderWay } from './documents-under-way.js';
import { PutAwayList } from './put-away-list.js';
import { PutAwayProcess } from './put-away-process.js';
import { PUT_AWAY_TASKS, putAwayFollower } from './put-away-rows.js';
import { PutAwayService } from './put-away.service.js';
import { taskStreams } from './task-streams.js';

const PUT_AWAY_KIND = 'put-away';

/** What the controllers are given. */
export interface PutAwayParts {
  readonly putAway: PutAwayService;
  readonly putAwayList: PutAwayList;
  readonly binStocks: BinStocks;
  readonly binFacts: BinFacts;
  readonly binRoom: BinRoom;
}

export interface OpenedPutAway {
  readonly parts: PutAwayParts;
  readonly watch: Chore;
  /** Ends what calls claimed that died. */
  readonly claimWatch: Chore;
  stop(): Promise<void>;
}

const CLAIMED_BY_CALLS = `
  SELECT tenant, location_id AS "locationId", bin_id AS "binId", state FROM workflow.bin_claim
   WHERE is_open AND state -> 'claims' @? '$[*] ? (@.claimId starts with "call~")'`;

export async function openPutAway(
  { database: { pool }, eventStore, ledger, clock }: Runtime,
  { locations, changed }: { readonly locations: KnownLocations; readonly changed: () => void },
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedPutAway> {
  const now = (): number => clock.now();
  const bins = await followEvents(pool, eventStore, binFollower(changed), now, warn('bins could not be followed for a moment'));
  const tasks = await followEvents(pool, eventStore, putAwayFollower, now, warn('put-away could not be followed for a moment'));
  const ofBins = binStreams(eventStore);
  const streams = taskStreams(eventStore);
  const facts = new BinFacts(pool, eventStore, ofBins, ledger, () => bins.position());
  const space = new BinSpace(ofBins, facts, now);
  const claims = new CallClaims({ space, ledger, isUnderWay: documentsUnderWay(eventStore), now });
  const table = new ProcessTable(pool, PROCESS_TABLE, PUT_AWAY_KIND, LINE_PROCESS_TIMES);
  const process = new PutAwayProcess({ streams, facts, space, ledger, locations, table, now });
  const parts = {
    putAway: new PutAwayService(streams, process, ledger, locations),
    putAwayList: new PutAwayList(pool, () => tasks.position()),
    binStocks: new BinStocks(facts, locations, ledger),
    binFacts: facts,
    binRoom: new BinRoom(facts, locations, claims),
  };
  const watched = { table: PUT_AWAY_TASKS, kind: PUT_AWAY_KIND, resume: (ref: { tenant: string; id: string }) => process.resume(ref) };
  return {
    parts,
    claimWatch: {
      name: 'bin-claims',
      everyMs: CALL_MS / 6,
      run: async () => claims.endOld((await pool.query<BinRef & { state: BinState }>(CLAIMED_BY_CALLS)).rows),
    },
    watch: lineWatch(pool, watched, now, warn('a put-away could not be finished and is tried again')),
    stop: async () => {
      await Promise.all([streams.drain(), ofBins.drain()]);
      await Promise.all([bins.stop(), tasks.stop()]);
    },
  };
}
