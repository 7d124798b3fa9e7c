import type { Pool } from 'pg';
import { MAX_PAGE_SIZE } from '../limits.js';
import { NO_STREAM, START } from '../port.js';
import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../port.js';
import { EVENT_COLUMNS, toRecorded } from './rows.js';
import type { EventRow } from './rows.js';

/** Events that a filtered page looks through at most, so that a rare filter cannot hold a reader for long. */
const FILTER_WINDOW = 5_000;
const NEWEST_REVISION = 2_147_483_647;

const streamQuery = (backwards: boolean): { name: string; text: string } => ({
  name: backwards ? 'event_store_stream_backwards' : 'event_store_stream',
  text: `select ${EVENT_COLUMNS} from event_store.events e
    where e.stream_id = (select s.id from event_store.streams s where s.name = $1) and e.revision ${backwards ? '<=' : '>='} $2
    order by e.revision ${backwards ? 'desc' : 'asc'} limit $3`,
});
const STREAM_FORWARDS = streamQuery(false);
const STREAM_BACKWARDS = streamQuery(true);

export async function readStream(pool: Pool, stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
  const backwards = options.direction === 'backwards';
  const from = options.from ?? (backwards ? NEWEST_REVISION : 0);
  if (from <= NO_STREAM) return [];
  const query = backwards ? STREAM_BACKWARDS : STREAM_FORWARDS;
  const { rows } = await pool.query<EventRow[]>({ ...query, values: [stream, from, options.limit ?? null], rowMode: 'array' });
  return (rows as unknown as EventRow[]).map(toRecorded);
}

// One row is always answered: how far the window reached. The events hang on it, all of one snapshot.
const pageQuery = (condition: string): string => `
  select reached.position as reached, page.* from
    (select coalesce((select position from event_store.events where position <= $2 order by position desc limit 1), -1) as position) reached
    left join lateral (
      select * from (
        select ${EVENT_COLUMNS} from event_store.events e where e.position > $1 and e.position <= $2 order by e.position offset 0
      ) looked_at ${condition} order by position limit $3
    ) page on true
  order by page.position`;
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
  const { rows } = await pool.query<{ head: string | null }>('select max(position) as head from event_store.events');
  const head = rows[0]?.head;
  return head === null || head === undefined ? START : BigInt(head);
}
