import { START as FROM_START, TimeoutError } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { Signal } from '@holdfast/kit';
import type { GrowingPause } from '@holdfast/kit';
import { passes } from '../filter.js';
import { faultPause, subscription } from '../following.js';
import { START } from '../port.js';
import type { AllPage, EventSubscription, Position, ReadAllOptions, RecordedEvent } from '../port.js';
import { Feed } from './feed.js';
import { toServerPosition } from './records.js';

/** Newest events that are kept; a subscriber further behind reads the server. */
const KEPT_EVENTS = 8_192;
const BATCH_SIZE = 2_000;
/** A subscription that is silent for so long although the log grew is opened again: some fall silent without an end. */
const SILENCE_MS = 10_000;

/** What the subscriptions of a process use of the server. */
export interface LogServer {
  head(): Promise<Position>;
  /** Runs the work with a client that is connected as far as is known, and notes the error where the work fails. */
  use<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T>;
}

/**
 * The end of the log, read by one live subscription for all subscriptions of the process. The server ends a live subscription whose buffer
 * of 32 events overflows, also that of a quick reader. The next one goes on from the last position at once: what it reads until it is live
 * again has no such bound.
 */
export class Tail {
  /** Raised when there are more events. */
  readonly appended = new Signal();
  private readonly faultListeners = new Set<(error: unknown) => void>();
  private readonly reading: EventSubscription;
  /** Position before the first event kept; undefined until the end of the log is known. */
  private before: Position | undefined;
  /** Everything up to here is known. */
  private reached: Position = START;
  private kept: RecordedEvent[] = [];

  /** @param onCutOff called when the server ended the live subscription as too slow */
  constructor(
    private readonly server: LogServer,
    private readonly onCutOff: () => void,
  ) {
    this.reading = subscription((stopping) => this.read(stopping));
  }

  /** Position up to which the log is known; undefined in the beginning. */
  get end(): Position | undefined {
    return this.before === undefined ? undefined : this.reached;
  }

  /** A page from memory; undefined where not all of it is kept. */
  page({ after, limit, filter }: ReadAllOptions): AllPage | undefined {
    if (this.before === undefined || after < this.before) return undefined;
    const events: RecordedEvent[] = [];
    for (let index = this.firstAfter(after); index < this.kept.length; index += 1) {
      const event = this.kept[index];
      if (!event || !passes(filter, event)) continue;
      if (events.push(event) === limit) return { events, position: event.position, atEnd: event.position >= this.reached };
    }
    // A checkpoint beyond what is known here: nothing to give before the reader has come so far.
    return { events, position: this.reached > after ? this.reached : after, atEnd: true };
  }

  /** Calls the listener for each fault of the reader, because it is a fault of every subscription. @returns removes the listener */
  onFault(listener: (error: unknown) => void): () => void {
    this.faultListeners.add(listener);
    return () => this.faultListeners.delete(listener);
  }

  stop(): Promise<void> {
    return this.reading.stop();
  }

  private async read(stopping: AbortSignal): Promise<void> {
    const pause = faultPause();
    while (!stopping.aborted) {
      const from = this.reached;
      try {
        if (this.before === undefined) this.startAt(await this.server.head());
        await this.server.use((client) => this.follow(client, pause, stopping));
      } catch (error) {
        if (stopping.aborted) return;
        if (error instanceof TimeoutError) this.onCutOff();
        else for (const listener of this.faultListeners) listener(error);
        if (!(error instanceof TimeoutError) || this.reached === from) await pause.wait(stopping);
      }
    }
  }

  private startAt(head: Position): void {
    this.before = this.reached = head;
    this.appended.raise();
  }

  /** Returns when the subscription fell silent. @throws the error that ended it */
  private async follow(client: EventStoreDBClient, pause: GrowingPause, stopping: AbortSignal): Promise<void> {
    const fromPosition = this.reached === START ? FROM_START : toServerPosition(this.reached);
    const feed = new Feed(client.subscribeToAll({ fromPosition }), BATCH_SIZE, stopping);
    try {
      for (;;) {
        const fed = await feed.next(SILENCE_MS);
        if (fed !== undefined) this.keep(fed.events, fed.position);
        else if ((await this.server.head()) > this.reached) return;
        pause.reset();
      }
    } finally {
      feed.close();
    }
  }

  private keep(events: readonly RecordedEvent[], position: Position | undefined): void {
    if (position === undefined || position <= this.reached) return;
    for (const event of events) if (event.position > this.reached) this.kept.push(event);
    this.reached = position;
    this.shorten();
    this.appended.raise();
  }

  /** Removes half at once, so that the cost per event is small. */
  private shorten(): void {
    if (this.kept.length <= 2 * KEPT_EVENTS) return;
    const first = this.kept.length - KEPT_EVENTS;
    this.before = this.kept[first - 1]?.position ?? this.before;
    this.kept = this.kept.slice(first);
  }

  /** Index of the first event kept behind the position. */
  private firstAfter(position: Position): number {
    let [low, high] = [0, this.kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.kept[middle]?.position ?? position) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
