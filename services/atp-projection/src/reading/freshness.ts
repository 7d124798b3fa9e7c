import type { FastifyRequest } from 'fastify';
import { Injectable } from '@nestjs/common';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { Problem } from '@holdfast/platform';
import type { PositionGate } from '@holdfast/read-model';

const MAX_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;
const MOST_COUNTED = 1_000;

export interface Reflected {
  readonly position: Position;
  /** Epoch milliseconds at which the newest event in the tables was recorded. */
  readonly recordedAt?: number;
}

export interface Behind {
  readonly position: Position;
  readonly head: Position;
  /** At most 1,000 are counted. */
  readonly eventsBehind: number;
  readonly lagMs: number;
}

/** How far the tables are, and how long a read waits for them. */
@Injectable()
export class Freshness {
  private looked: { readonly at: number; readonly oldest: Promise<RecordedEvent | undefined> } | undefined;
  private readonly reflected = new WeakMap<FastifyRequest, Reflected>();

  constructor(
    private readonly gate: PositionGate,
    private readonly eventStore: EventStore,
    private readonly now: () => number,
  ) {}

  /**
   * What a read that begins now reflects at least.
   * @throws Problem 412 `position_not_reached` when the tables do not get to `minimum` within five seconds
   */
  async reach(request: FastifyRequest, minimum: Position | undefined): Promise<Reflected> {
    const checkpoint = minimum === undefined ? await this.gate.now() : await this.gate.reach(minimum, MAX_WAIT_MS);
    if (checkpoint === undefined) throw notReached(minimum, (await this.gate.now()).position);
    this.reflected.set(request, checkpoint);
    return checkpoint;
  }

  /**
   * The newest position of the event store, for a read of it that begins now.
   * @throws Problem 412 `position_not_reached` for a minimum that nobody was answered
   */
  async reachStore(minimum: Position | undefined): Promise<Position> {
    const head = await this.eventStore.head();
    if (minimum !== undefined && minimum > head) throw notReached(minimum, head);
    return head;
  }

  /** What the read of this request reflects, as noted before it began. */
  of(request: FastifyRequest): Reflected {
    const reflected = this.reflected.get(request);
    if (reflected === undefined) throw new Error('the position of this read was not taken');
    return reflected;
  }

  /** How far the tables are behind the log. */
  async behind(): Promise<Behind> {
    const { position } = await this.gate.now();
    const filter = { streamPrefixes: DOMAIN_STREAM_PREFIXES };
    const [head, { events }] = await Promise.all([
      this.eventStore.head(),
      this.eventStore.readAll({ after: position, limit: MOST_COUNTED, filter }),
    ]);
    const lagMs = events[0] === undefined ? 0 : Math.max(0, this.now() - events[0].recordedAt);
    return { position, head, eventsBehind: events.length, lagMs };
  }

  /**
   * For how long something has been true that the tables do not show yet, in milliseconds; 0 when they show everything.
   * The store is asked ten times a second at most, however many ask here.
   */
  async ageMs(position: Position): Promise<number> {
    const now = this.now();
    if (this.looked === undefined || now - this.looked.at >= LOOK_EVERY_MS) this.looked = { at: now, oldest: this.oldestAfter(position) };
    const oldest = await this.looked.oldest;
    return oldest === undefined || oldest.position <= position ? 0 : Math.max(0, now - oldest.recordedAt);
  }

  private async oldestAfter(position: Position): Promise<RecordedEvent | undefined> {
    try {
      const page = await this.eventStore.readAll({ after: position, limit: 1, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
      return page.events[0];
    } catch (error) {
      this.looked = undefined;
      throw error;
    }
  }
}

function notReached(wanted: Position | undefined, reached: Position): Problem {
  const details = [{ wanted: String(wanted), reached: reached.toString() }];
  return new Problem(412, 'position_not_reached', 'The read model has not reached that position in time; try again', { details });
}
