import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { CLOSING_TYPES } from '../analytics/closing-changes.js';
import type { Follower } from '../following/follow-events.js';
import { movementsOf } from './movement-of.js';
import { storeMovements } from './movement-rows.js';

/** Keeps every movement, for analysts. Its checkpoint is its own: it delays no other reader. */
export const movementFollower: Follower = {
  name: 'movements',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix],
    types: STREAMS.stock.storedTypes([...CLOSING_TYPES]),
  },
  apply: storeAll,
};

async function storeAll(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  await storeMovements(
    client,
    events.flatMap((recorded) => movementsOf(recorded, STREAMS.stock.decode(recorded))),
  );
}
