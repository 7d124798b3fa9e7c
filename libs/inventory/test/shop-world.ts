import { availableUnits, decideSku, SkuAuditor, type SkuCommand, type SkuEvent } from '../src/index.js';
import { PlainModel } from './plain-model.js';
import { throughSnapshot } from './through-snapshot.js';

export type Answer = { readonly events: readonly SkuEvent[] } | { readonly refused: string };

const PRIORITIES: Readonly<Record<string, number>> = { BER: 2, HAM: 1 };

/** Commands go to the decider and to the plain model; both answers must be the same. */
export class ShopWorld {
  now = 0;
  readonly auditor = new SkuAuditor();
  readonly model = new PlainModel();
  readonly locations = ['BER', 'HAM', 'MUC'];
  readonly ids: string[] = [];
  readonly transferIds: string[] = [];
  /** Events after which the invariants were checked. */
  checks = 0;
  #names = 0;
  #asked = 0;

  name(kind: string): string {
    this.#names += 1;
    return `${kind}${String(this.#names)}`;
  }

  /** Decides, checks that a snapshot decides alike, applies, checks the invariants, and that the same command again changes nothing. */
  ask(command: SkuCommand): Answer {
    const decision = decideSku(this.auditor.state, command);
    this.#asked += 1;
    // Writing the whole state costs more than all else together, so one command in four is decided from a snapshot too.
    if (this.#asked % 4 === 0) expect(decideSku(throughSnapshot(this.auditor.state), command)).toEqual(decision);
    if (decision.kind === 'refused') return { refused: decision.code };
    for (const event of decision.events) {
      const violations = [...this.auditor.observe(event, command.at), ...this.auditor.audit()];
      if (violations.length > 0) expect(violations).toEqual([]);
      this.checks += 1;
    }
    const again = decideSku(this.auditor.state, command);
    if (again.kind === 'accepted' && again.events.length > 0) expect(again.events).toEqual([]);
    return { events: decision.events };
  }

  envelope(): { readonly at: number; readonly commandId: string } {
    return { at: this.now, commandId: this.name('command ') };
  }

  agrees(): void {
    for (const location of this.locations) {
      const onHand = this.auditor.state.balances.get(location)?.onHand ?? 0;
      const free = availableUnits(this.auditor.state, location, this.now);
      const expected = { onHand: this.model.stock(location), free: this.model.free(location, this.now) };
      if (onHand !== expected.onHand || free !== expected.free) expect({ location, onHand, free }).toEqual({ location, ...expected });
    }
  }

  adjust(locationId: string, delta: number, mayUncoverPromises: boolean): void {
    const answer = this.ask({
      type: 'AdjustStock',
      ...this.envelope(),
      locationId,
      delta,
      effectiveAt: this.now,
      reasonCode: 'any',
      mayUncoverPromises,
    });
    const allowed = delta > 0 || mayUncoverPromises || this.model.free(locationId, this.now) >= -delta;
    if (!allowed) return refusedWith(answer, 'insufficient_stock');
    accepted(answer);
    this.model.known = true;
    this.model.change(locationId, delta);
  }

  /** Units that one location finds and another loses, in one command. */
  adjustBoth(found: string, lost: string, units: number): void {
    const adjustments = [
      { locationId: found, delta: 1 },
      { locationId: lost, delta: -units },
    ];
    const answer = this.ask({ type: 'AdjustLocations', ...this.envelope(), adjustments, effectiveAt: this.now, reasonCode: 'any' });
    if (!this.model.known) return refusedWith(answer, 'unknown_sku');
    if (this.model.free(lost, this.now) < units) return refusedWith(answer, 'insufficient_stock');
    accepted(answer);
    this.model.change(found, 1);
    this.model.change(lost, -units);
  }

  record(locationId: string, counted: number): void {
    const effectiveAt = this.now;
    accepted(this.ask({ type: 'RecordStock', ...this.envelope(), locationId, counted, effectiveAt, reasonCode: 'count' }));
    this.model.known = true;
    this.model.change(locationId, counted - this.model.stock(locationId));
  }

  reserve(quantity: number, ttlMs: number, partial: boolean, only?: string): void {
    const id = this.name('r');
    const sources = Object.entries(PRIORITIES).map(([locationId, priority]) => ({ locationId, priority }));
    const answer = this.ask({
      type: 'PlaceReservation',
      ...this.envelope(),
      reservationId: id,
      orderId: id,
      quantity,
      ttlMs,
      requestHash: id,
      sources,
      partial,
      ...(only === undefined ? {} : { locationId: only }),
    });
    if (!this.model.known) return refusedWith(answer, 'unknown_sku');
    const { model, now } = this;
    const free = model.promisable(now, only);
    if (free < quantity && !(partial && free > 0)) return refusedWith(answer, 'insufficient_stock');
    const expected =
      only === undefined
        ? model.choose(quantity, now, (location) => PRIORITIES[location] ?? 100)
        : new Map([[only, Math.min(quantity, free)]]);
    const placed = accepted(answer).at(-1);
    expect(placed?.type).toBe('ReservationPlaced');
    if (placed?.type !== 'ReservationPlaced') return;
    expect(placed.takes.map((take) => [take.locationId, take.quantity])).toEqual([...expected]);
    model.hold(id, expected, now + ttlMs);
    this.ids.push(id);
  }

  commit(id: string, quantity: number | undefined): void {
    const answer = this.ask({
      type: 'CommitReservation',
      ...this.envelope(),
      reservationId: id,
      ...(quantity === undefined ? {} : { quantity }),
    });
    const state = this.model.stateOf(id, this.now);
    if (state === undefined) return refusedWith(answer, 'unknown_reservation');
    if (state === 'committed' && quantity === undefined) return expect(accepted(answer)).toEqual([]);
    if (state === 'committed') return;
    if (state !== 'held') return refusedWith(answer, `reservation_${state}`);
    const open = this.model.openUnits(id);
    if ((quantity ?? open) > open) return refusedWith(answer, 'quantity_exceeds_open');
    const leaving = [...this.model.leaving(id, quantity ?? open).values()].reduce((sum, units) => sum + units, 0);
    if (leaving < (quantity ?? open)) return refusedWith(answer, 'stock_held');
    expect(accepted(answer)).toHaveLength(1);
    this.model.commit(id, quantity ?? open);
  }

  releasePart(id: string, quantity: number): void {
    const answer = this.ask({ type: 'ReleaseReservation', ...this.envelope(), reservationId: id, quantity });
    const state = this.model.stateOf(id, this.now);
    if (state === undefined) return refusedWith(answer, 'unknown_reservation');
    if (state === 'committed' || state === 'expired') return refusedWith(answer, `reservation_${state}`);
    if (state === 'released') return expect(accepted(answer)).toEqual([]);
    if (quantity > this.model.openUnits(id)) return refusedWith(answer, 'quantity_exceeds_open');
    expect(accepted(answer)).toHaveLength(1);
    this.model.letGo(id, quantity);
  }

  release(id: string): void {
    const answer = this.ask({ type: 'ReleaseReservation', ...this.envelope(), reservationId: id });
    const state = this.model.stateOf(id, this.now);
    if (state === undefined) return refusedWith(answer, 'unknown_reservation');
    if (state === 'committed' || state === 'expired') return refusedWith(answer, `reservation_${state}`);
    expect(accepted(answer)).toHaveLength(state === 'held' ? 1 : 0);
    this.model.end(id, 'released');
  }

  expire(id: string): void {
    const answer = this.ask({ type: 'ExpireReservation', ...this.envelope(), reservationId: id });
    if (this.model.stateOf(id, this.now) === undefined) return refusedWith(answer, 'unknown_reservation');
    accepted(answer);
    if (this.model.stateOf(id, this.now) === 'expired') this.model.end(id, 'expired');
  }

  extend(id: string, ttlMs: number): void {
    const answer = this.ask({ type: 'ExtendReservation', ...this.envelope(), reservationId: id, ttlMs });
    const state = this.model.stateOf(id, this.now);
    if (state === undefined) return refusedWith(answer, 'unknown_reservation');
    if (state !== 'held') return refusedWith(answer, `reservation_${state}`);
    accepted(answer);
    const held = this.model.reservations.get(id);
    if (held !== undefined) held.expiresAt = Math.max(held.expiresAt, this.now + ttlMs);
  }

  block(at: string | undefined, units: number | undefined, whateverIsPromised: boolean): void {
    const holdId = this.name('h');
    const holdType = whateverIsPromised ? 'recall' : 'quality';
    const scope = { ...(at === undefined ? {} : { locationId: at }), ...(units === undefined ? {} : { quantity: units }) };
    const answer = this.ask({ type: 'PlaceHold', ...this.envelope(), holdId, holdType, ...scope });
    if (!this.model.known) return refusedWith(answer, 'unknown_sku');
    const wanted = (location: string): number =>
      this.model.isWhollyBlocked(location) ? 0 : (units ?? Math.max(0, this.model.stock(location)) - this.model.blocked(location));
    const locations = at === undefined ? [...this.model.onHand.keys()] : [at];
    const isFree = locations.every((location) => this.model.free(location, this.now) >= wanted(location));
    if (!whateverIsPromised && !isFree) return refusedWith(answer, 'insufficient_stock');
    accepted(answer);
    if (at !== undefined) this.model.change(at, 0);
    this.model.labels.set(holdId, { at, units, released: false });
  }

  unblock(pick: number, units: number | undefined, scrap: boolean): void {
    const ids = [...this.model.labels.keys()];
    const holdId = ids[pick % Math.max(1, ids.length)] ?? 'none';
    const disposition = scrap ? 'scrap' : 'to_stock';
    const part = units === undefined ? {} : { quantity: units };
    const answer = this.ask({ type: 'ReleaseHold', ...this.envelope(), holdId, disposition, ...part });
    const label = this.model.labels.get(holdId);
    if (label === undefined) return refusedWith(answer, 'unknown_hold');
    // Whether it says the same again depends on the release before.
    if (label.released) return;
    // What travels would arrive free.
    const isUnderWay = [...this.model.travelling.values()].some(({ quantity }) => quantity > 0);
    if (scrap && label.at === undefined && label.units === undefined && isUnderWay) return refusedWith(answer, 'hold_in_transit');
    if (label.units === undefined && units !== undefined) return refusedWith(answer, 'hold_without_quantity');
    if (units !== undefined && units > (label.units ?? 0)) return refusedWith(answer, 'quantity_exceeds_open');
    const there = (location: string): number => Math.max(0, this.model.stock(location));
    if (scrap && units !== undefined && units > there(label.at ?? '')) return refusedWith(answer, 'insufficient_stock');
    accepted(answer);
    const gone = units ?? label.units;
    const locations = label.at === undefined ? [...this.model.onHand.keys()] : [label.at];
    if (scrap) for (const each of locations) this.model.change(each, -Math.min(there(each), gone ?? Number.POSITIVE_INFINITY));
    if (label.units === undefined || gone === label.units) label.released = true;
    else label.units -= gone ?? 0;
  }

  move(from: string, to: string, quantity: number): void {
    const reference = this.name('move ');
    const answer = this.ask({
      type: 'MoveStock',
      ...this.envelope(),
      fromLocationId: from,
      toLocationId: to,
      quantity,
      reference,
    });
    if (!this.#mayLeave(answer, from, to, quantity)) return;
    this.model.change(from, -quantity);
    this.model.change(to, quantity);
  }

  ship(from: string, to: string, quantity: number): void {
    const transferId = this.name('t');
    const envelope = this.envelope();
    const places = { fromLocationId: from, toLocationId: to };
    const answer = this.ask({ type: 'ShipTransfer', ...envelope, startedAt: envelope.at, transferId, ...places, quantity });
    if (!this.#mayLeave(answer, from, to, quantity)) return;
    this.model.change(from, -quantity);
    this.model.change(to, 0);
    this.model.travelling.set(transferId, { from, to, quantity });
    this.transferIds.push(transferId);
  }

  #mayLeave(answer: Answer, from: string, to: string, quantity: number): boolean {
    const code = !this.model.known
      ? 'unknown_sku'
      : from === to
        ? 'same_location'
        : this.model.free(from, this.now) < quantity
          ? 'insufficient_stock'
          : undefined;
    if (code === undefined) accepted(answer);
    else refusedWith(answer, code);
    return code === undefined;
  }

  receiveTransfer(pick: number, quantity: number): void {
    const transferId = this.transferIds[pick % Math.max(1, this.transferIds.length)] ?? 'none';
    const answer = this.ask({ type: 'ReceiveTransfer', ...this.envelope(), transferId, quantity, receiptId: this.name('receipt ') });
    const travelling = this.model.travelling.get(transferId);
    if (travelling === undefined) return refusedWith(answer, 'unknown_transfer');
    if (quantity > travelling.quantity) return refusedWith(answer, 'quantity_exceeds_open');
    accepted(answer);
    travelling.quantity -= quantity;
    this.model.change(travelling.to, quantity);
  }

  returnTransfer(pick: number): void {
    const transferId = this.transferIds[pick % Math.max(1, this.transferIds.length)] ?? 'none';
    const travelling = this.model.travelling.get(transferId);
    const way = { fromLocationId: travelling?.from ?? 'BER', toLocationId: travelling?.to ?? 'HAM' };
    accepted(this.ask({ type: 'ReturnTransfer', ...this.envelope(), transferId, ...way }));
    if (travelling === undefined) return;
    this.model.change(travelling.from, travelling.quantity);
    travelling.quantity = 0;
  }
}

function accepted(answer: Answer): readonly SkuEvent[] {
  expect(answer).not.toHaveProperty('refused');
  return 'events' in answer ? answer.events : [];
}

function refusedWith(answer: Answer, code: string): void {
  expect(answer).toEqual({ refused: code });
}
