import type { Pool } from 'pg';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { isChannelEvent, turnsOf } from '../fold/streams.js';
import { Projection } from '../projection.js';

const PAGE = 5_000;
/** Rows that wait in memory before they are written: nobody reads these tables yet, so each row is written seldom. */
const ROWS_PER_WRITE = 20_000;

export interface CatchUp {
  readonly pool: Pool;
  readonly schema: string;
  readonly eventStore: EventStore;
  /** Called after each page. Throw to stop. */
  readonly onPage: (page: { readonly events: number; readonly position: Position }) => void;
}

/**
 * Projects the events after the schema's checkpoint up to a position, inclusive.
 * @returns how many there were
 */
export async function catchUp(work: CatchUp, until: Position): Promise<number> {
  const projection = await Projection.open(work.pool, work.schema);
  let position = projection.start.position;
  let recordedAt = projection.start.recordedAt;
  let events = 0;
  const flush = async (): Promise<void> => projection.write(projection.take(position, recordedAt), position);
  const project = async (turn: readonly RecordedEvent[]): Promise<void> => {
    const first = turn[0];
    if (first !== undefined && isChannelEvent(first)) {
      if (projection.waiting > 0) await flush();
      await projection.changeChannel(first, first.position);
    } else {
      await projection.add(turn);
    }
    const last = turn.at(-1);
    if (last === undefined) return;
    position = last.position;
    recordedAt = last.recordedAt;
    events += turn.length;
    if (projection.waiting >= ROWS_PER_WRITE) await flush();
  };
  let after = position;
  while (after < until) {
    const page = await work.eventStore.readAll({ after, limit: PAGE, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    const wanted = page.events.filter((event) => event.position <= until);
    for (const turn of turnsOf(wanted)) await project(turn);
    after = page.position;
    work.onPage({ events: wanted.length, position: after < until ? after : until });
    if (page.atEnd || wanted.length < page.events.length) break;
  }
  if (until > position) position = until;
  await flush();
  return events;
}
