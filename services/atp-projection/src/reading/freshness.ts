import type { FastifyRequest } from 'fastify';
import { Injectable } from '@nestjs/common';
import { DOMAIN_STREAM_PREFIXES } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { Problem } from '@holdfast/platform';
import type { PositionGate } from '@holdfast/read-model';

const MAX_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;

export interface Reflected {
  readonly position: Position;
  /** Epoch milliseconds at which the newest event in the tables was recorded. */
  readonly recordedAt?: number;
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
    if (checkpoint === undefined) throw await this.notReached(minimum);
    this.reflected.set(request, checkpoint);
    return checkpoint;
  }

  /** What the read of this request reflects, as noted before it began. */
  of(request: FastifyRequest): Reflected {
    const reflected = this.reflected.get(request);
    if (reflected === undefined) throw new Error('the position of this read was not taken');
    return reflected;
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

  private async notReached(minimum: Position | undefined): Promise<Problem> {
    const { position } = await this.gate.now();
    const details = [{ wanted: String(minimum), reached: position.toString() }];
    return new Problem(412, 'position_not_reached', 'The read model has not reached that position in time; try again', { details });
  }
}
