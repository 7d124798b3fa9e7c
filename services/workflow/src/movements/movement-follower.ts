import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { CLOSING_TYPES } from '../analytics/closing-changes.js';
import type { Follower } from '../following/follow-events.js';
import { storeInbound } from './inbound-rows.js';
import { movementsOf } from './movement-of.js';
import { storeMovements } from './movement-rows.js';

/** Keeps every movement and every announced delivery, for analysts. Its checkpoint is its own: it delays no other reader. */
export const movementFollower: Follower = {
  name: 'movements',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix],
    types: STREAMS.stock.storedTypes([...CLOSING_TYPES, 'InboundDeclared', 'InboundCancelled']),
  },
  apply: storeAll,
};

async function storeAll(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const decoded = events.map((recorded) => ({ recorded, event: STREAMS.stock.decode(recorded) }));
  await storeMovements(
    client,
    decoded.flatMap(({ recorded, event }) => movementsOf(recorded, event)),
  );
  for (const { recorded, event } of decoded) await storeInbound(client, recorded, event);
}
