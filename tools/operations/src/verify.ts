import { READ_MODEL, migrateReadModel, rebuild } from '@holdfast/read-model';
import type { Runtime } from '@holdfast/runtime';
import { caughtUp } from './caught-up.js';
import type { Progress } from './progress.js';
import { shareOf } from './progress.js';
import { ORDER_SETTLES_MS, walk } from './walk.js';

export interface Verified {
  readonly streams: number;
  readonly events: number;
  readonly violations: number;
  readonly liveDigest: string;
  readonly rebuiltDigest: string;
  readonly equal: boolean;
  /** Streams with an event that cannot be projected, in the live tables and in the rebuilt ones. */
  readonly setAside: { readonly live: number; readonly rebuilt: number };
}

const VIOLATIONS_SHOWN = 20;

/** Walks every stream, then builds the read models anew beside the live ones and compares what both say. Changes nothing. */
export async function verify({ eventStore, database }: Runtime, progress: Progress): Promise<Verified> {
  const head = await eventStore.head();
  const walked = await walk(eventStore, Date.now() - ORDER_SETTLES_MS, (events, position) =>
    progress.show('walking every stream', shareOf(position, head), `${events} events`),
  );
  for (const { stream, revision, rule, message } of walked.violations.slice(0, VIOLATIONS_SHOWN)) {
    progress.say(`${stream} @ ${revision}: ${rule}: ${message}`);
  }
  if (walked.violations.length > VIOLATIONS_SHOWN) progress.say(`and ${walked.violations.length - VIOLATIONS_SHOWN} more`);

  // A store that no service has opened yet has no tables to compare.
  await migrateReadModel(database.connectionString, READ_MODEL);
  const isCurrent = await caughtUp(database.pool, eventStore, (position, to) =>
    progress.show('waiting for the tables', shareOf(position, to), ''),
  );
  if (!isCurrent) progress.say('No Holdfast projects at the moment: comparing as of the last event in the tables.');

  const { liveDigest, rebuiltDigest, equal, setAside } = await rebuild({
    connectionString: database.connectionString,
    pool: database.pool,
    eventStore,
    swap: false,
    onProgress: ({ phase, events, position, target }) =>
      progress.show(`rebuilding: ${phase}`, shareOf(position, target), `${events} events`),
  });
  progress.end();
  if (setAside.live > 0) progress.say(`${setAside.live} streams are set aside: their rows stand still, see read_model.set_aside.`);
  return {
    streams: walked.streams,
    events: walked.events,
    violations: walked.violations.length,
    liveDigest,
    rebuiltDigest,
    equal,
    setAside,
  };
}
