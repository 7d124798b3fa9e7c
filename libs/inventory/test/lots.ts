import type { CorrectPositions, ExpireLots, ReceivedPosition, RecordPositions, SkuCommand } from '../src/index.js';
import { decideSku, evolveSku, initialSkuState, SkuAuditor, skuSnapshot, type SkuEvent, type SkuState } from '../src/index.js';

/** Units of lots, and from when they are expired: `{ L1: [5, instant] }`. */
export type LotUnits = Readonly<Record<string, readonly [quantity: number, expiresAt?: number]>>;

/** Any day: the instant is what counts. */
const dateOf = (expiresAt: number): string => new Date(expiresAt - 1).toISOString().slice(0, 10);

export const positionsOf = (lots: LotUnits): readonly ReceivedPosition[] =>
  Object.entries(lots).map(([lotId, [quantity, expiresAt]]) => ({
    lotId,
    quantity,
    ...(expiresAt === undefined ? {} : { expiresAt, expiryDate: dateOf(expiresAt) }),
  }));

type Fields = Readonly<Record<string, unknown>>;

/** One SKU to which commands are given one after another. Each decision is checked by the auditor and against the state of a snapshot. */
export class LotWorld {
  readonly auditor = new SkuAuditor();
  readonly events: SkuEvent[] = [];
  now: number;
  #names = 0;

  constructor(now: number) {
    this.now = now;
  }

  get state(): SkuState {
    return this.auditor.state;
  }

  /** Gives a command; its time is now and its id a new one unless the fields say otherwise. */
  try(type: SkuCommand['type'], fields: Fields): ReturnType<typeof decideSku> {
    this.#names += 1;
    const command = { type, at: this.now, commandId: `c${String(this.#names)}`, ...fields } as unknown as SkuCommand;
    const decision = decideSku(this.state, command);
    const restored = skuSnapshot.read(JSON.parse(JSON.stringify(skuSnapshot.write(this.state))));
    expect(decideSku(restored, command)).toEqual(decision);
    if (decision.kind === 'refused') return decision;
    for (const event of decision.events) this.happened(event, command.at);
    expect(this.auditor.audit()).toEqual([]);
    const refolded = this.events.reduce((state, event) => evolveSku(state, event, command.at), initialSkuState());
    expect([...refolded.balances]).toEqual([...this.state.balances]);
    return decision;
  }

  /** An event that is stored, whatever would be decided now. */
  happened(event: SkuEvent, at = this.now): void {
    this.events.push(event);
    expect(this.auditor.observe(event, at)).toEqual([]);
  }

  /** As `try`; it must be accepted. @returns its events */
  do(type: SkuCommand['type'], fields: Fields): readonly SkuEvent[] {
    const decision = this.try(type, fields);
    if (decision.kind === 'refused') throw new Error(`${type}: ${decision.code} ${JSON.stringify(decision.details)}`);
    return decision.events;
  }

  receive(locationId: string, lots: LotUnits, fields: Fields = {}): readonly SkuEvent[] {
    const positions = positionsOf(lots);
    const quantity = positions.reduce((units, each) => units + each.quantity, 0);
    this.#names += 1;
    return this.do('ReceiveStock', {
      locationId,
      quantity,
      effectiveAt: this.now,
      messageId: `m${String(this.#names)}`,
      positions,
      ...fields,
    });
  }

  /** Units without a lot. */
  receiveLoose(locationId: string, quantity: number, fields: Fields = {}): readonly SkuEvent[] {
    this.#names += 1;
    return this.do('ReceiveStock', { locationId, quantity, effectiveAt: this.now, messageId: `m${String(this.#names)}`, ...fields });
  }

  reserve(reservationId: string, quantity: number, locationId = 'BER'): ReturnType<typeof decideSku> {
    return this.try('PlaceReservation', {
      reservationId,
      orderId: `order of ${reservationId}`,
      quantity,
      ttlMs: 30 * 86_400_000,
      requestHash: reservationId,
      sources: [],
      locationId,
    });
  }

  commit(reservationId: string, fields: Fields = {}): ReturnType<typeof decideSku> {
    return this.try('CommitReservation', { reservationId, ...fields });
  }

  correct(kind: CorrectPositions['kind'], fields: Fields): ReturnType<typeof decideSku> {
    return this.try('CorrectPositions', { kind, locationId: 'BER', ...fields });
  }

  record(positions: RecordPositions['positions'], complete = false): readonly SkuEvent[] {
    return this.do('RecordPositions', { locationId: 'BER', effectiveAt: this.now, reasonCode: 'count', positions, complete });
  }

  expire(fields: Partial<ExpireLots> = {}): readonly SkuEvent[] {
    return this.do('ExpireLots', fields);
  }

  /** Units by lot, and under `-` those without one. */
  lots(locationId = 'BER'): Readonly<Record<string, number>> {
    const location = this.state.detail?.lots?.locations.get(locationId);
    const units: Record<string, number> = {};
    for (const [lotId, there] of location?.lots ?? []) if (lotId !== '') units[lotId] = there.units;
    const unassigned = this.balance(locationId).onHand - (location?.assigned ?? 0);
    return unassigned === 0 ? units : { ...units, '-': unassigned };
  }

  balance(locationId = 'BER'): { readonly onHand: number; readonly reserved: number; readonly held: number } {
    const { onHand = 0, reserved = 0, held = 0 } = this.state.balances.get(locationId) ?? {};
    return { onHand, reserved, held };
  }
}
