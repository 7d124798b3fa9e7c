import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { ownTurn } from '@holdfast/kit';
import { DOMAIN_STREAM_PREFIXES, TOPICS } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import type { Bus } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import {
  NO_CHANGES,
  Projection,
  TurnFailed,
  channelAtpChangedAfter,
  setAsideFailing,
  stockChangedAfter,
  turnsOf,
} from '@holdfast/read-model';
import type { Turn } from '@holdfast/read-model';
import { EventQueue } from './event-queue.js';
import { atpMessage, outgoingOf } from './messages.js';
import type { Outgoing } from './messages.js';
import type { ProjectionMetrics } from './projection-metrics.js';
import { Publisher } from './publisher.js';
import { channelPage, republish } from './republish.js';

export interface SessionParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly eventStore: EventStore;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly metrics: ProjectionMetrics;
}

export interface SessionSignals {
  /** Asks for a clean end: the turn under way is finished. */
  readonly end: AbortSignal;
  /** Waiting for the bus has to stop too. */
  readonly giveUp: AbortSignal;
}

/** From so many on, the event loop serves others between applying them and wording their messages. */
const MANY_EVENTS = 256;
/** Events of one turn. It grows with what waits: one event alone is projected at once. */
const MAX_TURN_EVENTS = 2_000;
const MAX_WAITING_EVENTS = 8_000;
/**
 * From the beginning of one turn to that of the next, milliseconds. An event after a quiet moment is projected at once; in a rush, turns of
 * a few events each would take statements and processor time away from those who make the events.
 */
const LEAST_TURN_MS = 20;

/**
 * Projects from the checkpoint until something fails or it is told to end. While one turn is written and published, the next is
 * folded; a turn is written only when the messages of the one before are out, so that the tables always hold every version that a
 * crash kept from its topic.
 * @returns when `end` was aborted, or a stream was set aside and the next session may begin; whatever else ends it is thrown
 */
export async function runSession(parts: SessionParts, signals: SessionSignals, onStarted: () => void): Promise<void> {
  const session = await Session.open(parts, signals);
  onStarted();
  try {
    await session.run();
  } catch (error) {
    if (!(error instanceof TurnFailed)) throw error;
    const found = await setAsideFailing(parts.pool, parts.schema, parts.eventStore, error);
    if (found.length === 0) throw error.cause;
    for (const { event, cause } of found) {
      const { stream, position, type } = event;
      parts.logger.error(
        { err: cause, stream, position: position.toString(), type },
        'a stream was set aside: an event cannot be projected',
      );
    }
  }
}

class Session {
  private readonly queue = new EventQueue(MAX_WAITING_EVENTS);
  /** When the last turn began, by `performance.now()`. */
  private begunAt = 0;
  /** The turn that is being written and published. */
  private inFlight: Promise<void> = Promise.resolve();

  private constructor(
    private readonly parts: SessionParts,
    private readonly end: AbortSignal,
    private readonly projection: Projection,
    private readonly publish: (outgoing: readonly Outgoing[]) => Promise<void>,
    private published: Position,
  ) {}

  static async open(parts: SessionParts, { end, giveUp }: SessionSignals): Promise<Session> {
    const projection = await Projection.open(parts.pool, parts.schema, parts.eventStore);
    parts.metrics.setSetAside(projection.setAside.size);
    const publisher = new Publisher(parts.bus, parts.logger);
    const publish = (outgoing: readonly Outgoing[]): Promise<void> => publisher.publish(outgoing, giveUp);
    const { start } = projection;
    if (start.publishedPosition < start.position) await republish({ ...parts, publish }, start);
    return new Session(parts, end, projection, publish, start.position);
  }

  async run(): Promise<void> {
    const stop = (): void => this.queue.fail(new Stopped());
    this.end.addEventListener('abort', stop, { once: true });
    const subscription = this.parts.eventStore.subscribe({
      after: this.published,
      filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES },
      batchSize: MAX_TURN_EVENTS,
      onBatch: (batch) => this.queue.push(batch),
      onFault: (error) => {
        if (!(error instanceof Stopped)) this.parts.logger.warn({ err: error }, 'the subscription to the event store has a fault');
      },
    });
    try {
      this.end.throwIfAborted();
      for (;;) {
        await this.projectNext();
        await this.pace();
      }
    } catch (error) {
      if (!this.end.aborted) throw error;
      await this.finish();
    } finally {
      this.end.removeEventListener('abort', stop);
      this.queue.fail(new Stopped());
      await subscription.stop();
    }
  }

  private async projectNext(): Promise<void> {
    const { events, position } = await this.queue.take(MAX_TURN_EVENTS);
    this.begunAt = performance.now();
    const turns = turnsOf(events);
    let reached: Position = -1n;
    for (const [index, turn] of turns.entries()) {
      const isLast = index === turns.length - 1;
      const channelEvent = this.projection.channelEventOf(turn);
      const servingEvent = this.projection.servingEventOf(turn);
      reached = isLast && channelEvent === undefined && servingEvent === undefined ? position : (turn.at(-1)?.position ?? position);
      if (channelEvent !== undefined) await this.changeChannel(channelEvent);
      else if (servingEvent !== undefined) await this.changeServing(servingEvent);
      else await this.project(turn, reached);
    }
    // Events that are none of ours may lie behind the last one of ours.
    if (reached < position) await this.project([], position);
  }

  private async pace(): Promise<void> {
    const leftMs = this.begunAt + LEAST_TURN_MS - performance.now();
    if (leftMs > 0) await sleep(leftMs, undefined, { signal: this.end });
  }

  private async project(events: readonly RecordedEvent[], position: Position): Promise<void> {
    try {
      await this.parts.metrics.stage('fold', () => this.projection.add(events));
    } catch (error) {
      // Only what comes right after the checkpoint can be tried again.
      await this.inFlight;
      throw new TurnFailed(events, error);
    }
    // Applying many events and wording their messages takes some ten milliseconds each.
    if (events.length >= MANY_EVENTS) await ownTurn();
    const turn = this.projection.take(position, events.at(-1)?.recordedAt);
    const outgoing = outgoingOf(turn, events);
    await this.inFlight;
    this.inFlight = this.writeThenPublish(turn, events, outgoing);
    // Calls that wait for the queue must end, too.
    this.inFlight.catch((error: unknown) => this.queue.fail(error instanceof Error ? error : new Error(String(error))));
  }

  private async writeThenPublish(turn: Turn, events: readonly RecordedEvent[], outgoing: readonly Outgoing[]): Promise<void> {
    try {
      await this.parts.metrics.stage('write', () => this.projection.write(turn, this.published));
    } catch (error) {
      throw new TurnFailed(events, error);
    }
    await this.parts.metrics.stage('publish', () => this.publish(outgoing));
    this.published = turn.position;
    this.parts.metrics.projected(events);
  }

  /** What a channel may promise of every SKU is written by one statement and published from the table. */
  private async changeChannel(event: RecordedEvent): Promise<void> {
    await this.inFlight;
    const before = this.published;
    const channel = await this.projection.changeChannel(event, before).catch((error: unknown) => {
      throw new TurnFailed([event], error);
    });
    await this.publish(outgoingOf({ ...event, changes: NO_CHANGES }, [event]));
    for await (const rows of channelAtpChangedAfter(this.parts.pool, this.parts.schema, before)) await this.publish([channelPage(rows)]);
    this.published = event.position;
    this.parts.metrics.projected([event]);
    this.parts.logger.info({ tenant: channel.tenant, channel: channel.channelId }, 'a channel changed what it may promise');
  }

  /** The stock of a location that nothing may leave from now on, or may again, is written by one statement and published from the tables. */
  private async changeServing(event: RecordedEvent): Promise<void> {
    await this.inFlight;
    const before = this.published;
    const { tenant, locationId } = await this.projection.changeServing(event, before).catch((error: unknown) => {
      throw new TurnFailed([event], error);
    });
    await this.publish(outgoingOf({ ...event, changes: NO_CHANGES }, [event]));
    for await (const rows of stockChangedAfter(this.parts.pool, this.parts.schema, before)) {
      const messages = rows.map((row) => atpMessage(row, [event.metadata.commandId]));
      await this.publish([{ topic: TOPICS.atp.name, messages }]);
    }
    for await (const rows of channelAtpChangedAfter(this.parts.pool, this.parts.schema, before)) await this.publish([channelPage(rows)]);
    this.published = event.position;
    this.parts.metrics.projected([event]);
    this.parts.logger.info({ tenant, locationId }, 'a location changed whether anything of it may leave');
  }

  /** A clean end leaves nothing to be published again. */
  private async finish(): Promise<void> {
    const published = await this.inFlight.then(
      () => true,
      () => false,
    );
    if (published) await this.projection.notePublished(this.published);
  }
}

class Stopped extends Error {
  constructor() {
    super('the projection is stopped');
    this.name = 'Stopped';
  }
}
