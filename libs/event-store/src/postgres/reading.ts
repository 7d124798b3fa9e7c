import type { Pool } from 'pg';
import { MAX_PAGE_SIZE } from '../limits.js';
import { NO_STREAM, START } from '../port.js';
import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../port.js';
import { EACH_EVENT, EVENT_COLUMNS, eventsBetween, NEWEST_REVISION, POSITION, toRecorded } from './rows.js';
import type { EventRow } from './rows.js';

/** Events that a filtered page looks through at most, so that a rare filter cannot hold a reader for long. */
const FILTER_WINDOW = 5_000;

const NAMED_STREAM = '(select s.id from event_store.streams s where s.name = $1)';
const FORWARDS = {
  name: 'event_store_stream',
  text: `${eventsBetween(NAMED_STREAM, '$2', '$3')} order by a.revision, e.place`,
};
const NEWEST = `(select n.revision from event_store.appends n where n.stream_id = ${NAMED_STREAM} order by n.revision desc limit 1)`;
const BACKWARDS = {
  name: 'event_store_stream_backwards',
  text: `${eventsBetween(NAMED_STREAM, `least($2, ${NEWEST}) - $3 + 1`, `least($2, ${NEWEST})`)} order by a.revision desc, e.place desc`,
};

/** The last of so many revisions from the first on. */
export const lastOf = (first: number, most: number): number => Math.min(NEWEST_REVISION, first + most - 1);

export async function readStream(pool: Pool, stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
  const { limit = NEWEST_REVISION } = options;
  const backwards = options.direction === 'backwards';
  const from = options.from ?? (backwards ? NEWEST_REVISION : 0);
  if (from <= NO_STREAM || limit <= 0) return [];
  const query = backwards ? { ...BACKWARDS, values: [stream, from, limit] } : { ...FORWARDS, values: [stream, from, lastOf(from, limit)] };
  const { rows } = await pool.query<EventRow[]>({ ...query, rowMode: 'array' });
  return (rows as unknown as EventRow[]).map(toRecorded);
}

const PAGE_COLUMNS = ['position', 'recorded_at', 'stream', 'revision', 'type', 'id', 'data', 'metadata']
  .map((name) => `page.${name}`)
  .join(', ');

// One row is always answered: how far the window reached. The events hang on it, all of one snapshot. The row around the window's end, or else
// the last of all, is the last that may hold events of the window. What passes the filter keeps the order in which it was looked at: so no more
// is looked at than the page holds. Ordered by the event's own position, which is no column, all of the window would be.
const pageQuery = (condition: string): string => `
  select least(reached.row_end, $2) as reached, ${PAGE_COLUMNS} from
    (select coalesce(
      (select position from event_store.appends where position >= $2 order by position limit 1),
      (select max(position) from event_store.appends), -1) as row_end) reached
    left join lateral (
      select * from (
        select ${EVENT_COLUMNS}, a.position as row_position, e.place from event_store.appends a ${EACH_EVENT}
        where a.position > $1 and a.position <= reached.row_end and ${POSITION} > $1 and ${POSITION} <= $2
        order by a.position, e.place offset 0
      ) looked_at ${condition} order by row_position, place limit $3
    ) page on true
  order by page.row_position, page.place`;
const PAGE = { name: 'event_store_page', text: pageQuery('') };
const FILTERED_PAGE = {
  name: 'event_store_filtered_page',
  text: pageQuery('where ($4::text[] is null or stream ^@ any($4)) and ($5::text[] is null or type = any($5))'),
};

type PageRow = readonly [reached: string, ...event: EventRow] | readonly [reached: string, nothing: null, ...rest: null[]];
const hasEvent = (row: PageRow): row is readonly [string, ...EventRow] => row[1] !== null;

export async function readAll(pool: Pool, { after, limit, filter }: ReadAllOptions): Promise<AllPage> {
  const size = Math.min(limit, MAX_PAGE_SIZE);
  const windowEnd = after + BigInt(filter ? Math.max(size, FILTER_WINDOW) : size);
  const range = [after, windowEnd, size];
  const query = filter
    ? { ...FILTERED_PAGE, values: [...range, filter.streamPrefixes ?? null, filter.types ?? null] }
    : { ...PAGE, values: range };
  const result = await pool.query<PageRow[]>({ ...query, rowMode: 'array' });
  const rows = result.rows as unknown as PageRow[];
  const events = rows.filter(hasEvent).map(([, ...event]) => toRecorded(event));
  const last = events.at(-1);
  if (last && events.length === size && last.position < windowEnd) return { events, position: last.position, atEnd: false };
  const reached = BigInt(rows[0]?.[0] ?? -1);
  return { events, position: reached > after ? reached : after, atEnd: reached < windowEnd };
}

export async function readHead(pool: Pool): Promise<Position> {
  const { rows } = await pool.query<{ head: string | null }>('select max(position) as head from event_store.appends');
  const head = rows[0]?.head;
  return head === null || head === undefined ? START : BigInt(head);
}
