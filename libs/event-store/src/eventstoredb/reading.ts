import { BACKWARDS, END, FORWARDS, START as FROM_START } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventStoreDBClient, StreamingRead } from '@eventstore/db-client';
import { passes } from '../filter.js';
import { MAX_PAGE_SIZE } from '../limits.js';
import { EventStoreUnavailable, START } from '../port.js';
import type { AllPage, Position, ReadAllOptions, RecordedEvent } from '../port.js';
import { isSystemEvent, toRecorded, toServerPosition } from './records.js';

/** A filtered page looks through this many events: the server ignores filters when it reads all. */
const FILTER_WINDOW = 1_000;
const HEAD_WINDOW = 64;

/**
 * Reads to the end of the call and always cancels it: an open call is never freed. A frozen server ignores deadlines, so silence has a
 * time-out of its own.
 */
function collect<E>(read: StreamingRead<E>, timeoutMs: number): Promise<readonly E[]> {
  const events: E[] = [];
  return new Promise<readonly E[]>((resolve, reject) => {
    const silence = setTimeout(() => reject(new EventStoreUnavailable('EventStoreDB does not answer a read')), timeoutMs);
    read.on('data', (event) => {
      silence.refresh();
      events.push(event);
    });
    read.on('error', (error) => {
      clearTimeout(silence);
      reject(error);
    });
    read.on('end', () => {
      clearTimeout(silence);
      resolve(events);
    });
  }).finally(() => void read.cancel().catch(() => undefined));
}

/** Reads forwards, which includes the position it starts at. */
export async function readAll(client: EventStoreDBClient, { after, limit, filter }: ReadAllOptions, timeoutMs: number): Promise<AllPage> {
  const size = Math.min(limit, MAX_PAGE_SIZE);
  const wanted = (filter ? Math.max(size, FILTER_WINDOW) : size) + 1;
  const fromPosition = after === START ? FROM_START : toServerPosition(after);
  const looked: readonly AllStreamResolvedEvent[] = await collect(
    client.readAll({ direction: FORWARDS, fromPosition, maxCount: wanted }),
    timeoutMs,
  );
  const events: RecordedEvent[] = [];
  let position = after;
  for (const { event, commitPosition } of looked) {
    const at = commitPosition ?? event?.position.commit;
    if (at === undefined || at <= after) continue;
    if (events.length === size) return { events, position, atEnd: false };
    position = at;
    if (!event || isSystemEvent(event)) continue;
    const recorded = toRecorded(event, at);
    if (passes(filter, recorded)) events.push(recorded);
  }
  return { events, position, atEnd: looked.length < wanted };
}

/** Position of the newest event that is none of the server's own; reading backwards excludes the position it starts at. */
export async function readHead(client: EventStoreDBClient, timeoutMs: number): Promise<Position> {
  let fromPosition: ReturnType<typeof toServerPosition> | typeof END = END;
  for (;;) {
    const page: readonly AllStreamResolvedEvent[] = await collect(
      client.readAll({ direction: BACKWARDS, fromPosition, maxCount: HEAD_WINDOW }),
      timeoutMs,
    );
    for (const { event, commitPosition } of page) {
      if (event && !isSystemEvent(event)) return commitPosition ?? event.position.commit;
    }
    const oldest = page.at(-1);
    const position = oldest?.commitPosition ?? oldest?.event?.position.commit;
    if (position === undefined || page.length < HEAD_WINDOW) return START;
    fromPosition = toServerPosition(position);
  }
}
