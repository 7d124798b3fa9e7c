import type { Pool } from 'pg';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { AllPage, EventStore, Position, RecordedEvent } from '@holdfast/event-store';
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
 * Projects the events after the schema's checkpoint up to a position, inclusive. Pages are read and rows written while others are folded.
 * @returns how many there were
 */
export async function catchUp(work: CatchUp, until: Position): Promise<number> {
  const projection = await Projection.open(work.pool, work.schema, { flushAtEnd: true });
  const writing = new WritingBehind(projection);
  let events = 0;
  for await (const page of pagesUntil(work.eventStore, projection.start.position, until)) {
    for (const turn of turnsOf(page.events)) await writing.project(turn);
    events += page.events.length;
    work.onPage({ events: page.events.length, position: page.position });
  }
  await writing.finish(until);
  return events;
}

interface Page {
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
}

/** Pages up to a position; the next one is on its way while one is being worked on. */
async function* pagesUntil(store: EventStore, from: Position, until: Position): AsyncGenerator<Page> {
  const read = (after: Position): Promise<AllPage> => {
    const reading = store.readAll({ after, limit: PAGE, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    // Told when it is waited for; until then a failure must not count as unhandled.
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

/** Folds on while what was folded before is written. */
class WritingBehind {
  private inFlight: Promise<void> = Promise.resolve();
  private position: Position;
  private recordedAt: number | undefined;

  constructor(private readonly projection: Projection) {
    this.position = projection.start.position;
    this.recordedAt = projection.start.recordedAt;
  }

  async project(turn: readonly RecordedEvent[]): Promise<void> {
    const [first, last] = [turn[0], turn.at(-1)];
    if (first === undefined || last === undefined) return;
    if (isChannelEvent(first)) await this.changeChannel(first);
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
