import { joinedByTurn } from '@holdfast/kit';
import type { Pool } from 'pg';
import { NO_STREAM } from '../port.js';
import type { ReadStreamOptions, RecordedEvent } from '../port.js';
import { lastOf, readStream } from './reading.js';
import { eventsBetween, toRecorded } from './rows.js';
import type { EventRow } from './rows.js';

/** Streams read by one statement at most. */
const MOST_STREAMS = 200;
/** Reads without a limit, and those of many events, have a statement of their own, so that no other read waits for them. */
const MOST_EVENTS = 1_000;

const WANTED_STREAM = '(select s.id from event_store.streams s where s.name = wanted.name)';
const MANY = {
  name: 'event_store_streams',
  text: `
    select wanted.no::int - 1 as no, e.*
    from unnest($1::text[], $2::int[], $3::int[]) with ordinality as wanted (name, first, last, no)
    cross join lateral (${eventsBetween(WANTED_STREAM, 'wanted.first', 'wanted.last')}) e
    order by wanted.no, e.revision`,
};

interface Wanted {
  readonly stream: string;
  readonly from: number;
  readonly most: number;
}

/**
 * Reads streams from a revision on. Reads of one turn of the event loop share one statement: a batch of commands loads many SKUs at once.
 */
export class StreamReads {
  private readonly readWith = joinedByTurn<Wanted, readonly RecordedEvent[]>({ most: MOST_STREAMS }, (group) => this.readGroup(group));

  constructor(private readonly pool: Pool) {}

  read(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { from = 0, limit: most, direction } = options;
    if (direction === 'backwards' || most === undefined || most > MOST_EVENTS || from <= NO_STREAM) {
      return readStream(this.pool, stream, options);
    }
    return this.readWith({ stream, from, most });
  }

  private async readGroup(group: readonly Wanted[]): Promise<readonly (readonly RecordedEvent[])[]> {
    const [only] = group;
    if (only && group.length === 1) return [await readStream(this.pool, only.stream, { from: only.from, limit: only.most })];
    const values = [group.map(({ stream }) => stream), group.map(({ from }) => from), group.map(({ from, most }) => lastOf(from, most))];
    const { rows } = await this.pool.query<EventRow[]>({ ...MANY, values, rowMode: 'array' });
    const events = group.map((): RecordedEvent[] => []);
    for (const [no, ...event] of rows as unknown as readonly (readonly [no: number, ...EventRow])[]) events[no]?.push(toRecorded(event));
    return events;
  }
}
