import fc from 'fast-check';
import { throughSnapshot } from '../../../test/through-snapshot.js';
import { decideSku, SkuAuditor, type SkuCommand } from '../../index.js';

type Step = readonly [action: number, pick: number, units: number, channel: number, holder: number, partial: boolean];

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(30), fc.integer({ min: 1, max: 6 }), fc.nat(2), fc.nat(2), fc.boolean()), {
  minLength: 10,
  maxLength: 50,
});

const CHANNELS = ['web', 'shop', undefined];
const HOLDERS = ['ann', 'bob', undefined];
const LIMIT_CODES = new Set(['channel_cap', 'protected_for_channels', 'holder_limit', 'overbooking_exhausted', 'insufficient_stock']);

interface Held {
  readonly channel: string | undefined;
  readonly holder: string | undefined;
  units: number;
  readonly expiresAt: number;
}

/** A plain model of limits and taken units: by name, over all locations, from the documentation only. */
class LimitRecords {
  now = 0;
  stock = 0;
  budget = 0;
  most = Number.POSITIVE_INFINITY;
  readonly caps = new Map<string, number>();
  readonly floors = new Map<string, number>();
  readonly sold = new Map<string, number>();
  readonly held = new Map<string, Held>();

  open(of: (held: Held) => boolean): number {
    let units = 0;
    for (const held of this.held.values()) if (held.expiresAt > this.now && of(held)) units += held.units;
    return units;
  }

  taken(channel: string): number {
    return this.open((held) => held.channel === channel) + (this.sold.get(channel) ?? 0);
  }

  /** Most units that may be had; with one location, what is free and what may be overbooked is one sum. */
  mayHave(channel: string | undefined, holder: string | undefined): number {
    const free = this.stock - this.open(() => true) + this.budget;
    let kept = 0;
    for (const [other, floor] of this.floors) if (other !== channel) kept += Math.max(0, floor - this.taken(other));
    const cap = this.caps.get(channel ?? '') ?? Number.POSITIVE_INFINITY;
    const ofHolder = holder === undefined ? Number.POSITIVE_INFINITY : this.most - this.open((held) => held.holder === holder);
    return Math.max(0, Math.min(free - kept, cap - this.taken(channel ?? ''), ofHolder));
  }
}

/** One location and its plain model. */
class LimitedWorld {
  readonly records = new LimitRecords();
  readonly auditor = new SkuAuditor();
  #names = 0;

  act([action, pick, units, channelPick, holderPick, partial]: Step): void {
    this.records.now += 1;
    const id = [...this.records.held.keys()][pick % Math.max(1, this.records.held.size)] ?? 'nobody';
    if (action < 2) return this.count(units * 3);
    if (action === 2) return this.limit(pick, units);
    if (action === 3) return void (this.records.now += pick);
    if (action < 9) return this.reserve(units, pick + 2, CHANNELS[channelPick], HOLDERS[holderPick], partial);
    return action === 9 ? this.release(id) : this.commit(id);
  }

  private count(counted: number): void {
    this.ask({ type: 'RecordStock', ...this.envelope(), locationId: 'BER', counted, effectiveAt: this.records.now, reasonCode: 'count' });
    this.records.stock = counted;
  }

  private limit(pick: number, units: number): void {
    const { records } = this;
    const floor = pick % 3 === 0 ? units : 0;
    const cap = units + 4;
    const budget = pick % 4;
    const answer = this.ask({
      type: 'SetLimits',
      ...this.envelope(),
      overbookingUnits: budget,
      holderUnits: units,
      allocations: [
        { channelId: 'web', cap, floor },
        { channelId: 'shop', floor: floor > 0 ? 0 : units },
      ],
    });
    if (answer === 'unknown_sku') return;
    records.budget = budget;
    records.most = units;
    records.caps.set('web', cap);
    if (!records.floors.has('web')) records.sold.clear();
    records.floors.set('web', floor).set('shop', floor > 0 ? 0 : units);
  }

  private reserve(quantity: number, ttlMs: number, channel: string | undefined, holder: string | undefined, partial: boolean): void {
    const { records } = this;
    const reservationId = this.name();
    const answer = this.ask({
      type: 'PlaceReservation',
      ...this.envelope(),
      reservationId,
      orderId: reservationId,
      quantity,
      ttlMs,
      requestHash: reservationId,
      sources: [],
      partial,
      ...(channel === undefined ? {} : { channelId: channel }),
      ...(holder === undefined ? {} : { holderId: holder }),
    });
    if (answer === 'unknown_sku') return;
    const most = records.mayHave(channel, holder);
    const units = partial ? Math.min(quantity, most) : quantity <= most ? quantity : 0;
    if (units === 0) return expect(LIMIT_CODES.has(String(answer))).toBe(true);
    expect(answer).toBe(units);
    records.held.set(reservationId, { channel, holder, units, expiresAt: records.now + ttlMs });
  }

  private release(reservationId: string): void {
    const answer = this.ask({ type: 'ReleaseReservation', ...this.envelope(), reservationId });
    if (typeof answer === 'number') this.records.held.delete(reservationId);
  }

  private commit(reservationId: string): void {
    const { records } = this;
    const held = records.held.get(reservationId);
    const answer = this.ask({ type: 'CommitReservation', ...this.envelope(), reservationId });
    if (typeof answer !== 'number' || held === undefined) return;
    records.held.delete(reservationId);
    records.stock -= held.units;
    records.sold.set(held.channel ?? '', (records.sold.get(held.channel ?? '') ?? 0) + held.units);
  }

  /** The units placed, 0 for another event, or the code of the refusal. Every event is audited, every decision alike from a snapshot. */
  private ask(command: SkuCommand): number | string {
    const decision = decideSku(this.auditor.state, command);
    expect(decideSku(throughSnapshot(this.auditor.state), command)).toEqual(decision);
    if (decision.kind === 'refused') return decision.code;
    let units = 0;
    for (const event of decision.events) {
      expect([...this.auditor.observe(event, command.at), ...this.auditor.audit()]).toEqual([]);
      if (event.type === 'ReservationPlaced') units = event.takes.reduce((sum, { quantity }) => sum + quantity, 0);
    }
    return units;
  }

  private envelope(): { readonly at: number; readonly commandId: string } {
    return { at: this.records.now, commandId: this.name() };
  }

  private name(): string {
    this.#names += 1;
    return `n${String(this.#names)}`;
  }
}

describe('limits of a SKU against a plain model', () => {
  it('let through exactly what the model allows, and the auditor finds nothing', () => {
    fc.assert(
      fc.property(steps, (actions) => {
        const world = new LimitedWorld();
        for (const action of actions) world.act(action);
      }),
      { numRuns: 400 },
    );
  });
});
