import type { DataSource } from 'typeorm';
import { ProcessTable, type Chore } from '@holdfast/kit';
import { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import { AbcClasses } from './planning/abc.js';
import { CountActions } from './count-actions.js';
import { CountClaims } from './count-claims.js';
import { CountListPosition } from './count-list-position.js';
import type { BinFacts } from '../put-away/bin-facts.js';
import { OverfullBins } from './overfull-bins.js';
import { CountProcess } from './count-process.js';
import { countFollower } from './count-rows.js';
import { CountStreams } from './count-streams.js';
import { COUNT_KIND, COUNT_TIMES, countWatch } from './count-watch.js';
import { lotNamesIn } from './lot-names.js';
import { CountsService } from './counts.service.js';
import { CountProducts, productFollower } from './planning/products.js';
import { ReasonCodes } from '../reason-codes/reason-codes.js';
import { CountProposals } from './planning/proposals.js';
import { Selection } from './planning/selection.js';
import { CountSettingsTable } from './planning/settings.js';
import { SkuCounts } from './sku-counts.js';

/** What the controllers of counts are given. */
export interface CountDoors {
  readonly counts: CountsService;
  readonly abc: AbcClasses;
  readonly countSettings: CountSettingsTable;
  readonly countsListed: CountListPosition;
}

export interface OpenCounts {
  readonly doors: CountDoors;
  readonly watch: Chore;
  /** Finds what fell below the threshold at which it is to be counted. */
  readonly proposals: Chore;
  stop(): Promise<void>;
}

/** @param warn what to do with a fault that passes by itself */
export async function openCounts(
  { database, eventStore, ledger, clock }: Runtime,
  { source, binFacts }: { readonly source: DataSource; readonly binFacts: BinFacts },
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenCounts> {
  const { pool } = database;
  const now = (): number => clock.now();
  const list = await followEvents(pool, eventStore, countFollower, now, warn('counts could not be followed for a moment'));
  const described = await followEvents(pool, eventStore, productFollower, now, warn('products could not be followed for a moment'));
  const streams = new CountStreams(eventStore);
  const locations = new KnownLocations(eventStore);
  const skus = new SkuCounts(ledger, eventStore, now);
  const process = new CountProcess(streams, skus, new ProcessTable(pool, PROCESS_TABLE, COUNT_KIND, COUNT_TIMES), now);
  const settings = new CountSettingsTable(pool);
  const proposals = new CountProposals(pool, now);
  const abc = new AbcClasses(pool, settings, now, proposals);
  const selection = new Selection(abc, ledger, pool, locations);
  const claims = new CountClaims(pool, streams, now, lotNamesIn(ledger));
  const service = new CountsService({
    streams,
    process,
    skus,
    actions: new CountActions(skus, selection, claims, settings),
    selection,
    abc,
    claims,
    products: new CountProducts(pool),
    settings,
    reasons: new ReasonCodes(pool),
    locations,
    overfull: new OverfullBins(binFacts, locations),
    source,
  });
  return {
    doors: { counts: service, abc, countSettings: settings, countsListed: new CountListPosition(() => list.position()) },
    proposals: proposals.chore(),
    watch: countWatch(pool, process, now, warn('a count could not be booked and is tried again')),
    stop: async () => {
      await streams.drain();
      await Promise.all([list.stop(), described.stop()]);
    },
  };
}
