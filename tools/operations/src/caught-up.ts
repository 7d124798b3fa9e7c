import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { READ_MODEL, readCheckpoint } from '@holdfast/read-model';

const POLL_MS = 100;
/** Without progress for so long, no projector is running. */
const PATIENCE_MS = 5_000;

/**
 * Waits until the live tables reflect the events that were stored at the call.
 * @returns false when they stop before that, because no Holdfast runs
 */
export async function caughtUp(pool: Pool, store: EventStore, onWait: (position: Position, head: Position) => void): Promise<boolean> {
  const head = await store.head();
  let movedAt = performance.now();
  let last: Position | undefined;
  for (;;) {
    const { position } = await readCheckpoint(pool, READ_MODEL);
    if (position >= head || (await nothingAfter(store, position))) return true;
    onWait(position, head);
    if (position !== last) movedAt = performance.now();
    last = position;
    if (performance.now() - movedAt > PATIENCE_MS) return false;
    await sleep(POLL_MS);
  }
}

/** The head of some stores counts events that are none of Holdfast's. */
async function nothingAfter(store: EventStore, position: Position): Promise<boolean> {
  const { events } = await store.readAll({ after: position, limit: 1, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
  return events.length === 0;
}
