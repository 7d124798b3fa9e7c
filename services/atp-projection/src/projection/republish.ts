import type { Pool } from 'pg';
import { DOMAIN_STREAM_PREFIXES, STREAMS, TOPICS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { addCause, channelAtpChangedAfter, keyOf, momentOf, stockChangedAfter } from '@holdfast/read-model';
import type { Checkpoint } from '@holdfast/read-model';
import { atpMessage, channelAtpMessage, stockEventMessage } from './messages.js';
import type { Outgoing } from './messages.js';

const PAGE = 2_000;

export interface Republishing {
  readonly pool: Pool;
  readonly schema: string;
  readonly eventStore: EventStore;
  readonly publish: (outgoing: readonly Outgoing[]) => Promise<void>;
}

/**
 * Publishes what was written but perhaps not published before a crash, or what a rebuild corrected: the events from the log,
 * the rows from the tables with the versions that they were written with. Some may have been out already; none is left out,
 * as no row is written again before its last change is on the topic.
 */
export async function republish(work: Republishing, checkpoint: Checkpoint): Promise<void> {
  const after = checkpoint.publishedPosition;
  const causes = await republishEvents(work, after, checkpoint.position);
  for await (const rows of stockChangedAfter(work.pool, work.schema, after)) {
    const messages = rows.map((row) => atpMessage(row, causes.get(keyOf(row.tenant, row.sku)) ?? []));
    await work.publish([{ topic: TOPICS.atp.name, messages }]);
  }
  for await (const rows of channelAtpChangedAfter(work.pool, work.schema, after)) await work.publish([channelPage(rows)]);
}

export const channelPage = (rows: readonly Parameters<typeof channelAtpMessage>[0][]): Outgoing => ({
  topic: TOPICS.channelAtp.name,
  messages: rows.map(channelAtpMessage),
});

/** @returns what caused changes, by SKU */
async function republishEvents(work: Republishing, after: Position, until: Position): Promise<ReadonlyMap<string, readonly string[]>> {
  const causes = new Map<string, string[]>();
  for (let position = after; position < until;) {
    const page = await work.eventStore.readAll({ after: position, limit: PAGE, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    const events = page.events.filter((event) => event.position <= until);
    for (const event of events) {
      if (!STREAMS.stock.holds(event)) continue;
      const key = keyOf(event.metadata.tenant, STREAMS.stock.idOf(event));
      const known = causes.get(key) ?? [];
      addCause(known, momentOf(event).cause);
      causes.set(key, known);
    }
    await work.publish([{ topic: TOPICS.stockEvents.name, messages: events.map(stockEventMessage) }]);
    if (page.atEnd) break;
    position = page.position;
  }
  return causes;
}
