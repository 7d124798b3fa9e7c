import { eventTypeFilter, START as FROM_START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamSubscription, EventStoreDBClient, Filter } from '@eventstore/db-client';
import { batchSizeOf, deliver, faultPause, subscription } from '../following.js';
import { START } from '../port.js';
import type { EventSubscription, Position, SubscribeOptions } from '../port.js';
import { Checkpoint, Feed } from './feed.js';
import { toServerPosition } from './records.js';

/** The server reports its position after this many events that do not pass the filter. */
const CHECKPOINT_EVENTS = 500;
/** A subscription that is silent for so long although the log grew is opened again: some fall silent without an end. */
const SILENCE_MS = 10_000;
const NO_SYSTEM_EVENTS = '^[^$].*';

export interface SubscriptionSource {
  readonly client: EventStoreDBClient;
  head(): Promise<Position>;
}

/**
 * A catch-up subscription to everything, which subscribes again from its last position when the server or the network ends it:
 * the client never does that by itself, and the server ends readers that are too slow. It does so, too, after a silence in which the log
 * grew; where only events grew that pass no filter, that moves the position to the head.
 * Between two checkpoints of the server the position of a live reader moves only with the events that pass its filter.
 */
export const followAll = (source: SubscriptionSource, options: SubscribeOptions): EventSubscription =>
  subscription(async (stopping) => {
    const pause = faultPause();
    let position = options.after;
    let headAtStart: Position | undefined;
    while (!stopping.aborted) {
      try {
        const head = await source.head();
        headAtStart ??= head;
        const call = openSubscription(source.client, position, head, options);
        const feed = new Feed(call, options.filter, batchSizeOf(options), stopping);
        try {
          for (;;) {
            const next = await feed.next(SILENCE_MS);
            if (next === undefined) {
              if ((await source.head()) > position) break;
              continue;
            }
            pause.reset();
            if (next.position <= position) continue;
            if (!(await deliver(options, { ...next, live: position >= headAtStart }, stopping))) return;
            position = next.position;
          }
        } finally {
          feed.close();
        }
      } catch (error) {
        if (stopping.aborted) return;
        options.onFault?.(error);
        await pause.wait(stopping);
      }
    }
  });

function openSubscription(
  client: EventStoreDBClient,
  after: Position,
  head: Position,
  { filter }: SubscribeOptions,
): AllStreamSubscription {
  const call = client.subscribeToAll({
    fromPosition: after === START ? FROM_START : toServerPosition(after),
    filter: serverFilter(filter?.streamPrefixes),
  });
  // Everything up to the head as it was before has been looked at then.
  call.on('caughtUp', () => void call.push(new Checkpoint(head)));
  return call;
}

/** The server filters by one criterion only; types are looked at here. */
function serverFilter(streamPrefixes: readonly string[] | undefined): Filter {
  const checkpoints = {
    maxSearchWindow: CHECKPOINT_EVENTS,
    checkpointInterval: 1,
    checkpointReached: (call: AllStreamSubscription, { commit }: { readonly commit: bigint }) => {
      call.push(new Checkpoint(commit));
    },
  };
  return streamPrefixes === undefined
    ? eventTypeFilter({ ...checkpoints, regex: NO_SYSTEM_EVENTS })
    : streamNameFilter({ ...checkpoints, prefixes: [...streamPrefixes] });
}
