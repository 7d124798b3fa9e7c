import type { EventStore, RecordedEvent } from '@holdfast/event-store';
import { passes, type EventFilter } from './event-item.js';

const PAGE = 500;
/** Events that one request looks at; a page may have fewer than asked for, and says where to go on. */
const MOST_SEEN = 5_000;

export interface EventPageWanted {
  readonly filter: EventFilter;
  readonly newestFirst: boolean;
  readonly limit: number;
  /** Revision at which the page begins; default the end or the beginning of the stream. */
  readonly cursor?: number | undefined;
  /** Epoch milliseconds, both inclusive. */
  readonly recordedFrom?: number | undefined;
  readonly recordedTo?: number | undefined;
}

export interface EventPage {
  readonly events: readonly RecordedEvent[];
  /** Revision at which the next page begins; undefined at the end. */
  readonly next: number | undefined;
}

/** Pages of a stream's events. Times of recording are looked up by halving, so a page begins there without reading what lies before. */
export class EventPages {
  constructor(private readonly store: Pick<EventStore, 'readStream'>) {}

  /** @returns undefined for a stream without events */
  async read(stream: string, wanted: EventPageWanted): Promise<EventPage | undefined> {
    const [newest] = await this.store.readStream(stream, { direction: 'backwards', limit: 1 });
    if (newest === undefined) return undefined;
    const { newestFirst, cursor, recordedFrom, recordedTo } = wanted;
    const firstAfter = (time: number): Promise<number> => this.firstRecordedFrom(stream, newest.revision, time);
    const least = recordedFrom === undefined ? 0 : await firstAfter(recordedFrom);
    const most = recordedTo === undefined ? newest.revision : (await firstAfter(recordedTo + 1)) - 1;
    const begin = newestFirst ? Math.min(most, cursor ?? most) : Math.max(least, cursor ?? least);
    return this.collect(stream, wanted, { begin, least, most });
  }

  private async collect(
    stream: string,
    { filter, newestFirst, limit }: EventPageWanted,
    { begin, least, most }: { readonly begin: number; readonly least: number; readonly most: number },
  ): Promise<EventPage> {
    const found: RecordedEvent[] = [];
    const step = newestFirst ? -1 : 1;
    let revision = begin;
    for (let seen = 0; seen < MOST_SEEN && revision >= least && revision <= most; seen += PAGE) {
      const left = newestFirst ? revision - least + 1 : most - revision + 1;
      const direction = newestFirst ? 'backwards' : 'forwards';
      const events = await this.store.readStream(stream, { from: revision, limit: Math.min(PAGE, left), direction });
      if (events.length === 0) return { events: found, next: undefined };
      for (const event of events) {
        if (found.length === limit) return { events: found, next: revision };
        if (passes(event, filter)) found.push(event);
        revision = event.revision + step;
      }
    }
    return { events: found, next: revision >= least && revision <= most ? revision : undefined };
  }

  /** Revision of the first event that was recorded at the time or later; the one after the newest for none. */
  private async firstRecordedFrom(stream: string, newest: number, time: number): Promise<number> {
    let [low, high] = [0, newest + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [event] = await this.store.readStream(stream, { from: middle, limit: 1 });
      if (event !== undefined && event.recordedAt < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
