import { DOMAIN_STREAM_PREFIXES, readEvent } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { isOrderTerminal, evolveOrder, initialOrderState, type OrderState } from '@holdfast/inventory';

/** A hold may live at most so many times its TTL. */
export const LONGEST_LIFE = 2;

interface Hold {
  readonly placedAt: number;
  readonly ttlMs: number;
}

export interface Lives {
  readonly holds: number;
  readonly orders: number;
  /** Holds that no event has ended yet, and orders that have not ended. */
  readonly openHolds: number;
  readonly openOrders: number;
  /** The longest life of a hold that has not been extended, as a multiple of its time to live. */
  readonly longest: number;
  /** By how many milliseconds a hold outlived twice its time to live; 0 when none did. */
  readonly overrunMs: number;
}

/** How long each hold of the log lived, up to `now` (epoch milliseconds) if it is open. */
export async function readLives(store: EventStore, now: number): Promise<Lives> {
  const lives = new LivesOfLog();
  let position: Position = -1n;
  for (;;) {
    const page = await store.readAll({ after: position, limit: 5_000, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    for (const event of page.events) lives.observe(event);
    position = page.position;
    if (page.atEnd) return lives.until(now);
  }
}

class LivesOfLog {
  private readonly open = new Map<string, Hold>();
  private readonly openOrders = new Map<string, OrderState>();
  private holds = 0;
  private orders = 0;
  private longest = 0;
  private overrunMs = 0;

  observe(recorded: RecordedEvent): void {
    const { at } = recorded.metadata;
    const projected = readEvent(recorded);
    if (projected.family === 'order') {
      const { stream } = recorded;
      if (projected.event.type === 'OrderStarted') this.orders += 1;
      const state = evolveOrder(this.openOrders.get(stream) ?? initialOrderState(), projected.event, at);
      const isOver = isOrderTerminal(state.phase);
      if (isOver) this.openOrders.delete(stream);
      else this.openOrders.set(stream, state);
    }
    if (projected.family !== 'stock') return;
    const { event } = projected;
    if (!('reservationId' in event)) return;
    const key = `${recorded.stream}\n${event.reservationId}`;
    if (event.type === 'ReservationPlaced') {
      this.holds += 1;
      this.open.set(key, { placedAt: at, ttlMs: event.expiresAt - at });
    } else if (event.type === 'ReservationReleased' || event.type === 'ReservationExpired') this.end(key, at);
    else if (event.type === 'ReservationCommitted' && event.openUnits === 0) this.end(key, at);
  }

  until(now: number): Lives {
    for (const hold of this.open.values()) this.measure(hold, now);
    const { holds, orders, longest, overrunMs } = this;
    return { holds, orders, openHolds: this.open.size, openOrders: this.openOrders.size, longest, overrunMs };
  }

  private end(key: string, at: number): void {
    const hold = this.open.get(key);
    if (hold === undefined) return;
    this.measure(hold, at);
    this.open.delete(key);
  }

  private measure({ placedAt, ttlMs }: Hold, at: number): void {
    this.longest = Math.max(this.longest, (at - placedAt) / ttlMs);
    this.overrunMs = Math.max(this.overrunMs, at - placedAt - LONGEST_LIFE * ttlMs);
  }
}
