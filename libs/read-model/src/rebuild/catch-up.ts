import type { Pool } from 'pg';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { AllPage, EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { turnsOf } from '../fold/streams.js';
import { Projection } from '../projection.js';
import { isLasting, setAsideFailing } from '../set-aside/set-aside-failing.js';
import { TurnFailed } from '../set-aside/turn-failed.js';

const PAGE = 5_000;
/** Rows collected in memory before a write: these tables have no readers yet, so each row is written seldom. */
const ROWS_PER_WRITE = 20_000;

export interface CatchUp {
  readonly pool: Pool;
  readonly schema: string;
  readonly eventStore: EventStore;
  /** Called after each page. Throw to stop. */
  readonly onPage: (page: CaughtUpPage) => void;
}

export interface CaughtUpPage {
  readonly events: number;
  readonly position: Position;
}

/**
 * Projects the events after the schema's checkpoint up to a position, inclusive. Pages are read and rows written while others are folded.
 * A stream with an event that cannot be projected is set aside.
 * @returns how many events there were; those projected again after one was set aside count again
 */
export async function catchUp(work: CatchUp, until: Position): Promise<number> {
  let events = 0;
  const onPage = (page: CaughtUpPage): void => {
    events += page.events;
    work.onPage(page);
  };
  for (let byTurn = false; ;) {
    try {
      await projectUntil({ ...work, onPage }, until, byTurn ? WritingByTurn : WritingBehind);
      return events;
    } catch (error) {
      if (error instanceof TurnFailed) {
        const found = await setAsideFailing(work.pool, work.schema, work.eventStore, error);
        if (found.length === 0) throw error.cause;
      } else if (byTurn || !isLasting(error)) throw error;
      byTurn = !byTurn;
    }
  }
}

async function projectUntil(work: CatchUp, until: Position, Writing: typeof WritingBehind | typeof WritingByTurn): Promise<void> {
  const projection = await Projection.open(work.pool, work.schema, work.eventStore, { flushAtEnd: true });
  const writing = new Writing(projection);
  for await (const page of pagesUntil(work.eventStore, projection.start.position, until)) {
    for (const turn of turnsOf(page.events)) await writing.project(turn);
    work.onPage({ events: page.events.length, position: page.position });
  }
  await writing.finish(until);
}

interface Page {
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
}

/** Pages up to a position; the next one is read while one is being processed. */
async function* pagesUntil(store: EventStore, from: Position, until: Position): AsyncGenerator<Page> {
  const read = (after: Position): Promise<AllPage> => {
    const reading = store.readAll({ after, limit: PAGE, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    // The error is thrown when the page is awaited; until then it must not count as an unhandled rejection.
    reading.catch(() => undefined);
    return reading;
  };
  if (from >= until) return;
  for (let next = read(from); ;) {
    const page = await next;
    const isLast = page.atEnd || page.position >= until;
    if (!isLast) next = read(page.position);
    const events = page.position > until ? page.events.filter(({ position }) => position <= until) : page.events;
    yield { events, position: page.position < until ? page.position : until };
    if (isLast) return;
  }
}

/** Writes each turn before the next is folded, so that the error names its events. */
class WritingByTurn {
  constructor(private readonly projection: Projection) {}

  async project(events: readonly RecordedEvent[]): Promise<void> {
    try {
      const channelEvent = this.projection.channelEventOf(events);
      const servingEvent = this.projection.servingEventOf(events);
      if (channelEvent !== undefined) await this.projection.changeChannel(channelEvent, channelEvent.position);
      else if (servingEvent !== undefined) await this.projection.changeServing(servingEvent, servingEvent.position);
      else await this.write(events);
    } catch (error) {
      throw new TurnFailed(events, error);
    }
  }

  async finish(until: Position): Promise<void> {
    await this.projection.write(this.projection.take(until, undefined), until);
  }

  private async write(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    await this.projection.add(events);
    await this.projection.write(this.projection.take(last.position, last.recordedAt), last.position);
  }
}

/** Folds the next turn while the one before is written. */
class WritingBehind {
  private inFlight: Promise<void> = Promise.resolve();
  private position: Position;
  private recordedAt: number | undefined;

  constructor(private readonly projection: Projection) {
    this.position = projection.start.position;
    this.recordedAt = projection.start.recordedAt;
  }

  async project(turn: readonly RecordedEvent[]): Promise<void> {
    const last = turn.at(-1);
    if (last === undefined) return;
    const channelEvent = this.projection.channelEventOf(turn);
    const servingEvent = this.projection.servingEventOf(turn);
    if (channelEvent !== undefined) await this.changeChannel(channelEvent);
    else if (servingEvent !== undefined) await this.changeServing(servingEvent);
    else await this.projection.add(turn);
    this.position = last.position;
    this.recordedAt = last.recordedAt;
    if (this.projection.waiting >= ROWS_PER_WRITE) await this.write();
  }

  async finish(until: Position): Promise<void> {
    if (until > this.position) this.position = until;
    await this.write();
    await this.inFlight;
  }

  private async changeServing(event: RecordedEvent): Promise<void> {
    if (this.projection.waiting > 0) await this.write();
    await this.inFlight;
    await this.projection.changeServing(event, event.position);
  }

  private async changeChannel(event: RecordedEvent): Promise<void> {
    if (this.projection.waiting > 0) await this.write();
    await this.inFlight;
    await this.projection.changeChannel(event, event.position);
  }

  private async write(): Promise<void> {
    const turn = this.projection.take(this.position, this.recordedAt);
    await this.inFlight;
    this.inFlight = this.projection.write(turn, turn.position);
    this.inFlight.catch(() => undefined);
  }
}
