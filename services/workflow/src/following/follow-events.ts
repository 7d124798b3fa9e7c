import type { Pool, PoolClient } from 'pg';
import { UnreadableEvent } from '@holdfast/contracts';
import { START, type EventFilter, type EventStore, type EventSubscription, type Position, type RecordedEvent } from '@holdfast/event-store';
import { inTransaction, isRefusedData, leavingOutRefused, RushPace } from '@holdfast/kit';

export interface Follower {
  /** Of the checkpoint. */
  readonly name: string;
  readonly filter: EventFilter;
  /** Runs in the transaction that moves the checkpoint on. Events may come again: several processes follow side by side, one at a time. */
  readonly apply: (client: PoolClient, events: readonly RecordedEvent[]) => Promise<void>;
  /** Called after the commit. */
  readonly applied?: () => void;
}

export interface Following {
  /** Everything up to here has had its effect. */
  position(): Position;
  stop(): Promise<void>;
}

/** Events of one transaction at most. */
const MOST_EVENTS = 2_000;
/** From one batch to the next while events come in a rush, milliseconds: the processor is for those who make them. */
const RUSH_MS = 1_000;
/** Where only the checkpoint moves, it is written down this often. */
const IDLE_CHECKPOINT_MS = 1_000;

/**
 * Follows events from the checkpoint on. Effects and checkpoint are one transaction, so that a restart neither skips nor needs to guess. An event that
 * can never be applied is left out and told to `onFault`: the others are other tenants'.
 */
export async function followEvents(
  pool: Pool,
  store: EventStore,
  follower: Follower,
  now: () => number,
  onFault: (error: unknown) => void,
): Promise<Following> {
  let position = await checkpoint(pool, follower.name);
  let writtenAt = now();
  const applyTogether = (events: readonly RecordedEvent[], reached: Position): Promise<void> =>
    events.length === 0
      ? moveOn(pool, follower.name, reached)
      : inTransaction(pool, async (client) => {
          // First, because it locks the row of the checkpoint: processes that follow side by side take turns.
          await moveOn(client, follower.name, reached);
          await follower.apply(client, events);
        });
  const leftOut = ({ type, position, stream }: RecordedEvent, cause: unknown): void =>
    onFault(new Error(`${type} at ${position} of ${stream} cannot be followed and is left out`, { cause }));
  const pace = new RushPace(MOST_EVENTS, RUSH_MS);
  const stopping = new AbortController();
  const subscription: EventSubscription = store.subscribe({
    after: position,
    batchSize: MOST_EVENTS,
    filter: follower.filter,
    onFault,
    onBatch: async (batch) => {
      pace.begin(batch.events.length);
      if (batch.events.length > 0 || now() - writtenAt >= IDLE_CHECKPOINT_MS) {
        const applySome = (events: readonly RecordedEvent[]): Promise<void> =>
          applyTogether(events, events.length === batch.events.length ? batch.position : (events.at(-1)?.position ?? batch.position));
        await leavingOutRefused(batch.events, applySome, leftOut, isLasting);
        writtenAt = now();
        follower.applied?.();
      }
      position = batch.position;
      if (batch.live) await pace.next(stopping.signal);
    },
  });
  return {
    position: () => position,
    stop() {
      stopping.abort();
      return subscription.stop();
    },
  };
}

const isLasting = (error: unknown): boolean => isRefusedData(error) || error instanceof UnreadableEvent;

async function checkpoint(pool: Pool, name: string): Promise<Position> {
  const { rows } = await pool.query<{ position: string }>('SELECT position FROM workflow.checkpoint WHERE name = $1', [name]);
  return rows[0] === undefined ? START : BigInt(rows[0].position);
}

/** Never moves back: another process may be ahead. */
async function moveOn(client: Pick<PoolClient, 'query'>, name: string, position: Position): Promise<void> {
  await client.query({
    name: 'move-checkpoint',
    text: `INSERT INTO workflow.checkpoint AS c (name, position, at) VALUES ($1, $2, now())
           ON CONFLICT (name) DO UPDATE SET position = greatest(c.position, excluded.position), at = excluded.at`,
    values: [name, position.toString()],
  });
}
