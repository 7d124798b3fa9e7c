import { asOf, availableUnits, decideSku, evolveSku, skuSnapshot, SkuAuditor, unassignedUnits } from '../src/index.js';
import type { SkuCommand, SkuEvent, SkuState } from '../src/index.js';
import { LotModel, type ModelLot, type Unit } from './lot-model.js';
import { throughSnapshot } from './through-snapshot.js';

export const LOCATIONS = ['BER', 'HAM'] as const;

type Command = SkuCommand['type'];
export type Fields = Readonly<Record<string, unknown>>;

/** Sales of a SKU with lots: commands go to the decider and to the plain model, which says what must come of them. */
export class LotShop {
  now = 0;
  readonly auditor = new SkuAuditor();
  readonly model = new LotModel(LOCATIONS);
  readonly reservationIds: string[] = [];
  readonly commitIds: { readonly reservationId: string; readonly commitId: string }[] = [];
  /** Events after which the invariants were checked. */
  checks = 0;
  #names = 0;
  /** A snapshot of some time ago, to which all events since were applied. */
  #shadow: SkuState | undefined;
  #commands = 0;

  constructor() {
    this.receive('BER', undefined, '', 2, undefined);
    this.receive('BER', 'A', '', 4, 30);
    this.receive('HAM', 'B', '', 3, 60);
    this.receive('HAM', 'A', 'X', 3, undefined);
  }

  name(kind: string): string {
    this.#names += 1;
    return `${kind}${String(this.#names)}`;
  }

  /** Decides, applies, checks the invariants after each event, and that the same command again changes nothing. @returns the refusal */
  ask(type: Command, fields: Fields): string | undefined {
    const command = { type, at: this.now, commandId: this.name('c'), ...fields } as unknown as SkuCommand;
    const decision = decideSku(this.auditor.state, command);
    this.#commands += 1;
    if (this.#commands % 8 === 0) expect(decideSku(throughSnapshot(this.auditor.state), command)).toEqual(decision);
    if (decision.kind === 'refused') return decision.code;
    for (const event of decision.events) this.#apply(event);
    const again = decideSku(this.auditor.state, command);
    if (again.kind === 'accepted' && again.events.length > 0) expect(again.events).toEqual([]);
    return undefined;
  }

  /** The command must be refused with the code, or accepted if there is none. @returns whether it was accepted */
  asks(type: Command, fields: Fields, code: string | undefined): boolean {
    const refused = this.ask(type, fields);
    if (refused !== code) expect({ type, fields, refused }).toEqual({ type, fields, refused: code });
    return code === undefined;
  }

  #apply(event: SkuEvent): void {
    const violations = [...this.auditor.observe(event, this.now), ...this.auditor.audit()];
    if (violations.length > 0) expect(violations).toEqual([]);
    if (this.#shadow !== undefined) evolveSku(this.#shadow, event, this.now);
    this.checks += 1;
  }

  /** The state of the last snapshot with what came since is the state now; then another one is taken. */
  snapshot(): void {
    const written = JSON.stringify(skuSnapshot.write(this.auditor.state));
    if (this.#shadow !== undefined) expect(JSON.parse(JSON.stringify(skuSnapshot.write(this.#shadow)))).toEqual(JSON.parse(written));
    this.#shadow = skuSnapshot.read(JSON.parse(written));
  }

  /** Every unit of the model is where the decider's state has it, and as many may be promised. */
  agrees(): void {
    const { model, now } = this;
    const { state } = asOf(this.auditor.state, now);
    for (const at of LOCATIONS) {
      const { onHand = 0, held = 0 } = state.balances.get(at) ?? {};
      const found = {
        onHand,
        held,
        free: availableUnits(this.auditor.state, at, now),
        loose: unassignedUnits(state, at),
        places: [...placesOf(state, at)].sort().join(' '),
      };
      const expected = {
        onHand: model.onHand(at),
        held: model.held(at, now),
        free: model.free(at, now),
        loose: model.loose(at),
        places: namesOf(model.there(at)).sort().join(' '),
      };
      if (JSON.stringify(found) !== JSON.stringify(expected)) expect({ at, ...found }).toEqual({ at, ...expected });
    }
    const travelling = [...state.inTransit].map(([id, { quantity }]) => [id, quantity]);
    expect(travelling).toEqual(
      [...model.transfers.keys()].map((id) => [id, model.there(id).length]).filter(([, quantity]) => quantity !== 0),
    );
  }

  receive(at: string, lotId: string | undefined, bin: string, quantity: number, expiresAt: number | undefined): void {
    const positions = lotId === undefined && bin === '' ? {} : { positions: [this.position(lotId, bin, quantity, expiresAt)] };
    const code = lotId === undefined && this.model.control === 'required' ? 'lot_required' : undefined;
    const fields = { locationId: at, quantity, effectiveAt: this.now, messageId: this.name('m'), ...positions };
    if (!this.asks('ReceiveStock', fields, code)) return;
    this.model.add(at, lotId === undefined ? undefined : this.model.declare(lotId, this.now, expiresAt), bin, quantity);
  }

  adjust(at: string, lotId: string | undefined, bin: string, delta: number, mayUncoverPromises: boolean): void {
    const { model, now } = this;
    const lot = lotId === undefined ? undefined : model.lot(lotId);
    const isLoose = lotId === undefined && bin === '';
    const taken = model.ofLot(lot, at, -delta, bin === '' ? undefined : bin);
    const position = isLoose ? this.#looseAdjusted(at, delta, mayUncoverPromises) : this.#lotAdjusted(lotId, bin, delta, taken);
    const takesHeld = lotId === undefined ? model.control === 'required' : lot !== undefined && !!model.block(lot, at, now);
    const isShort = delta < 0 && !mayUncoverPromises && !takesHeld && model.free(at, now) < -delta;
    const named = { ...(lotId === undefined ? {} : { lotId }), ...(bin === '' ? {} : { binId: bin }) };
    const fields = { locationId: at, delta, effectiveAt: now, reasonCode: 'any', mayUncoverPromises, ...named };
    if (!this.asks('AdjustStock', fields, position ?? (isShort ? 'insufficient_stock' : undefined))) return;
    if (delta > 0) return model.add(at, lot, bin, delta);
    if (!isLoose) return model.remove(taken);
    const inBins = model.ofLot(undefined, at, -delta - Math.min(-delta, Math.max(0, model.loose(at))));
    model.remove(inBins);
    return model.removeLoose(at, -delta - inBins.length);
  }

  #lotAdjusted(lotId: string | undefined, bin: string, delta: number, taken: readonly Unit[]): string | undefined {
    if (lotId !== undefined && this.model.lot(lotId) === undefined) return 'unknown_lot';
    if (delta > 0 && lotId === undefined && this.model.control === 'required') return 'lot_required';
    if (delta > 0 || taken.length === -delta) return undefined;
    return bin === '' ? 'insufficient_lot_stock' : 'insufficient_in_bin';
  }

  #looseAdjusted(at: string, delta: number, mayUncoverPromises: boolean): string | undefined {
    const { model } = this;
    const isRequired = model.control === 'required';
    if (delta > 0) return isRequired ? 'lot_required' : undefined;
    const beyond = -delta - Math.max(0, model.loose(at));
    if (beyond <= 0 || beyond <= model.inPosition(at, undefined).length) return undefined;
    if (model.there(at).some(({ lot }) => lot !== undefined)) return 'lot_required';
    return isRequired && !mayUncoverPromises ? 'insufficient_stock' : undefined;
  }

  reserve(at: string, quantity: number, ttlMs: number): void {
    const { model, now } = this;
    const reservationId = this.name('r');
    const fields = { reservationId, orderId: `order of ${reservationId}`, quantity, ttlMs, requestHash: reservationId, sources: [] };
    const code = model.promisable(at, now) < quantity ? 'insufficient_stock' : undefined;
    if (!this.asks('PlaceReservation', { ...fields, locationId: at }, code)) return;
    model.reservations.set(reservationId, { at, open: quantity, expiresAt: now + ttlMs, state: 'held', sold: new Map() });
    this.reservationIds.push(reservationId);
  }

  /** @param lotId the lot that is said to leave, as far as it is of so many units */
  commit(reservationId: string, quantity: number, lotId: string | undefined, allowUncovered: boolean): void {
    const { model, now } = this;
    const held = model.reservations.get(reservationId);
    if (held === undefined || held.state !== 'held') return;
    const { at, open } = held;
    const lot = lotId === undefined ? undefined : model.lot(lotId);
    if (lot !== undefined && model.inPosition(at, lot).length === 0) return;
    const named = lot === undefined ? [] : model.sellableOf(lot, at, now).slice(0, quantity);
    const commitId = this.name('commit ');
    const fields = {
      reservationId,
      commandId: commitId,
      quantity,
      ...(lotId === undefined ? {} : { lots: [{ lotId, quantity }] }),
      ...(allowUncovered ? { allowUncovered } : {}),
    };
    const isHeld = !allowUncovered && model.held(at, now) > 0 && model.onHand(at) - model.held(at, now) < quantity;
    const code =
      held.expiresAt <= now
        ? 'reservation_expired'
        : quantity > open
          ? 'quantity_exceeds_open'
          : isHeld
            ? 'stock_held'
            : lotId === undefined || named.length === quantity
              ? undefined
              : this.#notOfLot(lot, at);
    if (!this.asks('CommitReservation', fields, code)) return;
    const leaving = [...named, ...model.firstExpiring(at, quantity - named.length, now, named)];
    model.remove(leaving);
    model.removeLoose(at, quantity - leaving.length);
    const loose = Array.from({ length: quantity - leaving.length }, (): Unit => ({ at, lot: undefined, bin: '' }));
    held.sold.set(commitId, [...leaving, ...loose]);
    held.open -= quantity;
    if (held.open === 0) held.state = 'committed';
    this.commitIds.push({ reservationId, commitId });
  }

  #notOfLot(lot: ModelLot | undefined, at: string): string {
    return lot === undefined ? 'unknown_lot' : (this.model.block(lot, at, this.now) ?? 'insufficient_lot_stock');
  }

  /** What was sold comes back, to the lots that it was of. */
  reverse(index: number): void {
    const { reservationId, commitId } = this.commitIds[index % Math.max(1, this.commitIds.length)] ?? {};
    const held = this.model.reservations.get(reservationId ?? '');
    if (reservationId === undefined || commitId === undefined || held === undefined) return;
    this.asks('ReverseCommit', { reservationId, commitCommandId: commitId, orderId: `order of ${reservationId}` }, undefined);
    for (const { at, lot, bin } of held.sold.get(commitId) ?? []) this.model.add(at, lot, bin, 1);
    held.sold.delete(commitId);
  }

  release(reservationId: string): void {
    const held = this.model.reservations.get(reservationId);
    if (held?.state !== 'held' || held.expiresAt <= this.now) return;
    this.asks('ReleaseReservation', { reservationId }, undefined);
    held.state = 'released';
  }

  position(lotId: string | undefined, bin: string, quantity: number, expiresAt: number | undefined): Fields {
    const isNew = lotId !== undefined && this.model.lot(lotId) === undefined;
    return {
      quantity,
      ...(lotId === undefined ? {} : { lotId }),
      ...(bin === '' ? {} : { binId: bin }),
      ...(isNew && expiresAt !== undefined ? { expiresAt, expiryDate: dateOf(expiresAt) } : {}),
    };
  }
}

/** Any name of a date: the instant is what counts. */
export const dateOf = (expiresAt: number): string => `day ${String(expiresAt).padStart(9, '0')}`;

const namesOf = (units: readonly Unit[]): string[] =>
  units.filter(({ lot, bin }) => lot !== undefined || bin !== '').map(({ lot, bin }) => `${lot?.id ?? ''}/${bin}`);

function* placesOf({ detail }: SkuState, at: string): Generator<string> {
  for (const [lotId, { bins }] of detail?.lots?.locations.get(at)?.lots ?? [])
    for (const [bin, units] of bins) for (let left = units; left > 0; left -= 1) yield `${lotId}/${bin}`;
}
