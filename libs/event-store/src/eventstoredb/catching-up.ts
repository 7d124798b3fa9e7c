import { eventTypeFilter, START as FROM_START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamSubscription, EventStoreDBClient, Filter } from '@eventstore/db-client';
import { passes } from '../filter.js';
import { START } from '../port.js';
import type { EventFilter, Position, RecordedEvent } from '../port.js';
import { CaughtUp, Checkpoint, Feed } from './feed.js';
import { toServerPosition } from './records.js';

/** The server reports its position after this many events that do not pass the filter. */
const CHECKPOINT_EVENTS = 1_000;
const NO_SYSTEM_EVENTS = '^[^$].*';
/** Silence for so long counts as a fault: a server that reads for a subscription reports its position in between. */
const SILENCE_MS = 30_000;

export interface CatchUp {
  readonly after: Position;
  /** An answered position that was in the log before: everything up to it has been looked at in the end. */
  readonly until: Position;
  readonly filter: EventFilter | undefined;
  readonly batchSize: number;
  /** False ends it. */
  readonly onBatch: (events: readonly RecordedEvent[], position: Position) => Promise<boolean>;
}

/**
 * Reads what was in the log as it began, by a subscription that the server filters. The handler holds up nobody else: the server sends on
 * only as far as batches are taken.
 * @throws the error of the subscription
 */
export async function catchUp(client: EventStoreDBClient, catching: CatchUp, stopping: AbortSignal): Promise<void> {
  const { after, until, filter, batchSize, onBatch } = catching;
  let reached = after;
  const feed = new Feed(openSubscription(client, after, filter), batchSize, stopping);
  try {
    for (let caughtUp = false; !caughtUp;) {
      const fed = await feed.next(SILENCE_MS);
      if (fed === undefined) throw new Error('EventStoreDB does not go on with a subscription');
      caughtUp = fed.caughtUp;
      const position = furthest(fed.position ?? reached, caughtUp ? until : reached);
      if (position <= reached) continue;
      reached = position;
      const events = fed.events.filter((event) => event.position > after && passes(filter, event));
      if (!(await onBatch(events, position))) return;
    }
  } finally {
    feed.close();
  }
}

const furthest = (one: Position, other: Position): Position => (one > other ? one : other);

function openSubscription(client: EventStoreDBClient, after: Position, filter: EventFilter | undefined): AllStreamSubscription {
  const call = client.subscribeToAll({
    fromPosition: after === START ? FROM_START : toServerPosition(after),
    filter: serverFilter(filter),
  });
  call.on('caughtUp', () => {
    call.push(new CaughtUp());
    // Live, it would be ended for what it does not take at once.
    void call.unsubscribe().catch(() => undefined);
  });
  return call;
}

/** The server filters by one criterion only: the types, which say more, where both are given. */
function serverFilter(filter: EventFilter | undefined): Filter {
  const checkpoints = {
    maxSearchWindow: CHECKPOINT_EVENTS,
    checkpointInterval: 1,
    checkpointReached: (call: AllStreamSubscription, { commit }: { readonly commit: bigint }) => {
      call.push(new Checkpoint(commit));
    },
  };
  if (filter?.types !== undefined) return eventTypeFilter({ ...checkpoints, regex: anyOf(filter.types) });
  if (filter?.streamPrefixes !== undefined) return streamNameFilter({ ...checkpoints, prefixes: [...filter.streamPrefixes] });
  return eventTypeFilter({ ...checkpoints, regex: NO_SYSTEM_EVENTS });
}

/** Matches these names as they are, in .NET as in JavaScript. */
const anyOf = (names: readonly string[]): string => `^(?:${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`;
