import { decideSku, outlookOf, SkuAuditor, type SkuCommand, type SkuEvent } from '../src/index.js';
import { BackorderRecords } from './backorder-records.js';
import { throughSnapshot } from './through-snapshot.js';

type Answer = readonly SkuEvent[] | string;
type Unstamped<Command> = Command extends SkuCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Placed = Extract<SkuEvent, { type: 'ReservationPlaced' }>;

interface Asked {
  readonly quantity: number;
  readonly ttlMs: number;
  readonly backorder: boolean;
  readonly partial: boolean;
  readonly only: string | undefined;
}

/** Commands go to the decider; what it answers must be what the records say, and the records follow the events one by one. */
export class BackorderWorld {
  readonly records = new BackorderRecords();
  readonly auditor = new SkuAuditor();
  promotions = 0;
  waits = 0;
  #names = 0;
  #asked: Asked = { quantity: 0, ttlMs: 0, backorder: false, partial: false, only: undefined };

  name(kind: string): string {
    this.#names += 1;
    return `${kind}${String(this.#names)}`;
  }

  ask(unstamped: Unstamped<SkuCommand>, commandId = this.name('c')): Answer {
    const command = { ...unstamped, at: this.records.now, commandId } as SkuCommand;
    const decision = decideSku(this.auditor.state, command);
    if (this.#names % 4 === 0) expect(decideSku(throughSnapshot(this.auditor.state), command)).toEqual(decision);
    if (decision.kind === 'refused') return decision.code;
    for (const event of decision.events) {
      expect([...this.auditor.observe(event, this.records.now), ...this.auditor.audit()]).toEqual([]);
      this.#follow(event);
    }
    const again = decideSku(this.auditor.state, command);
    if (again.kind === 'accepted') expect(again.events).toEqual([]);
    this.#settled();
    return decision.events;
  }

  /** Nobody waits while units lie there that may serve them, and everybody is told the date that the records say. */
  #settled(): void {
    expect(this.records.turn()?.[0]).toBeUndefined();
    const { dates } = this.records.assign();
    for (const [id, { waiting: units }] of this.records.queue()) {
      const got = dates.get(id) ?? [];
      const expectedAt = got.length === units ? { expectedAt: got.at(-1) } : {};
      expect(outlookOf(this.auditor.state, id, this.records.now)).toEqual({ units, ...expectedAt });
    }
  }

  #follow(event: SkuEvent): void {
    const { records } = this;
    switch (event.type) {
      case 'ReservationPlaced':
        return this.#placed(event);
      case 'ReservationPromoted': {
        const [id, order] = records.turn() ?? [];
        expect(event.reservationId).toBe(id);
        if (order === undefined) return;
        const units = Math.min(order.waiting, records.freeFor(order.only));
        expect(event.takes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(units);
        for (const { locationId, quantity } of event.takes) {
          expect(quantity).toBeLessThanOrEqual(records.free(locationId));
          expect(order.only ?? locationId).toBe(locationId);
          order.held.set(locationId, (order.held.get(locationId) ?? 0) + quantity);
        }
        order.waiting -= units;
        order.expiresAt = Math.max(records.now + order.ttlMs, order.waiting === 0 ? order.told : order.expiresAt);
        expect(event).toMatchObject({ waitingUnits: order.waiting, expiresAt: order.expiresAt });
        this.promotions += 1;
        return;
      }
      case 'ReservationReleased':
      case 'ReservationExpired':
        return void records.orders.delete(event.reservationId);
      case 'ReservationExtended': {
        const order = records.orders.get(event.reservationId);
        if (order === undefined) return;
        order.expiresAt = event.expiresAt;
        if (event.commandId !== undefined) order.told = event.expiresAt;
        return;
      }
      case 'ReservationCommitted': {
        const order = records.orders.get(event.reservationId);
        for (const { locationId, quantity } of event.takes) {
          records.stock.set(locationId, (records.stock.get(locationId) ?? 0) - quantity);
          order?.held.delete(locationId);
        }
        if (event.openUnits === 0) records.orders.delete(event.reservationId);
        return;
      }
      case 'StockReceived':
        return records.receive(event.locationId, event.quantity, event.documentId);
      case 'StockAdjusted':
        return void records.stock.set(event.locationId, (records.stock.get(event.locationId) ?? 0) + event.delta);
      case 'StockMoved':
        records.stock.set(event.fromLocationId, (records.stock.get(event.fromLocationId) ?? 0) - event.quantity);
        return void records.stock.set(event.toLocationId, (records.stock.get(event.toLocationId) ?? 0) + event.quantity);
      case 'InboundDeclared': {
        const { locationId: to, quantity: units, expectedAt, reference } = event;
        records.deliveries.set(reference, { to, units, expectedAt, arrived: records.deliveries.get(reference)?.arrived ?? 0 });
        return;
      }
      case 'InboundCancelled':
        return void records.deliveries.delete(event.reference);
      default:
        return;
    }
  }

  /** Whoever was overdue has ended and the line was served by now; what is free then is for the new one. */
  #placed({ reservationId, takes, waiting, expiresAt }: Placed): void {
    const { now, wait } = this.#granted();
    expect(takes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(now);
    expect(waiting?.quantity ?? 0).toBe(wait);
    expect([...this.records.orders.values()].some((order) => this.records.isOver(order))).toBe(false);
    const held = new Map(takes.map(({ locationId, quantity }) => [locationId, quantity]));
    const [only] = waiting?.locationIds ?? [];
    this.records.orders.set(reservationId, {
      held,
      waiting: wait,
      only,
      ttlMs: this.#asked.ttlMs,
      expiresAt,
      told: takes.length > 0 ? expiresAt : 0,
    });
    if (wait > 0) this.waits += 1;
  }

  /** What the records allow for the request: units now, and units to wait for. */
  #granted(): { readonly now: number; readonly wait: number } {
    const { quantity, backorder, partial, only } = this.#asked;
    const now = Math.min(quantity, this.records.freeFor(only));
    const wait = backorder ? Math.min(quantity - now, this.records.mayWait(only)) : 0;
    const enough = now + wait === quantity || (partial && now + wait > 0);
    return enough ? { now, wait } : { now: 0, wait: 0 };
  }

  reserve(asked: Asked): void {
    this.#asked = asked;
    const { quantity, ttlMs, partial, backorder, only } = asked;
    const id = this.name('r');
    const answer = this.ask({
      type: 'PlaceReservation',
      reservationId: id,
      orderId: id,
      quantity,
      ttlMs,
      requestHash: id,
      sources: [],
      ...(partial ? { partial } : {}),
      ...(backorder ? { backorder } : {}),
      ...(only === undefined ? {} : { locationId: only }),
    });
    if (typeof answer !== 'string') return;
    expect(answer).toBe('insufficient_stock');
    // A refusal writes nothing down; once somebody has ended what was overdue, there must be too little all the same. Where that
    // is more than one, those who wait may be served from other locations than in one go.
    const over = [...this.records.orders].filter(([, order]) => this.records.isOver(order));
    for (const [reservationId] of over) this.ask({ type: 'ExpireReservation', reservationId });
    if (over.length < 2) expect(this.#granted()).toEqual({ now: 0, wait: 0 });
  }
}
