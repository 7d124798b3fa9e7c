import type { ModelLot } from './lot-model.js';
import { dateOf, LOCATIONS, LotShop, type Fields } from './lot-shop.js';

/** What people say about the goods: holds, dates, and which lot or bin they are of. */
export class LotKeeper extends LotShop {
  /** @param type a recall is never refused */
  hold(at: string | undefined, lotId: string | undefined, units: number | undefined, type: 'recall' | 'quality'): void {
    const { model, now } = this;
    const holdId = this.name('h');
    if (lotId !== undefined && model.lot(lotId) === undefined && type === 'quality') {
      this.asks('PlaceHold', { holdId, holdType: type, ...scope(at, lotId, units) }, 'unknown_lot');
      return;
    }
    const lot = lotId === undefined ? undefined : model.named(lotId, now);
    const lots = lot === undefined ? undefined : units === undefined && type === 'recall' ? model.family(lot) : new Set([lot]);
    const places = at === undefined ? LOCATIONS : [at];
    const before = new Map(places.map((each) => [each, [model.held(each, now), model.free(each, now)] as const]));
    const wasBlocked = (each: string): boolean => (lot === undefined ? false : model.block(lot, each, now) === 'lot_held');
    const isNamed = units !== undefined && lot === undefined;
    const full = new Map(places.map((each) => [each, model.isWhollyHeld(each) || wasBlocked(each)]));
    model.labels.set(holdId, { at, lots, units, open: true });
    const isShort = places.some((each) => {
      const [held = 0, free = 0] = before.get(each) ?? [];
      const more = full.get(each) === true ? 0 : isNamed ? units : model.held(each, now) - held;
      return more > free;
    });
    const isRefused = type === 'quality' && isShort;
    if (isRefused) model.labels.delete(holdId);
    this.asks('PlaceHold', { holdId, holdType: type, ...scope(at, lotId, units) }, isRefused ? 'insufficient_stock' : undefined);
  }

  /** A person finds a part of a lot spoilt. */
  markPart(at: string, lotId: string, quantity: number): void {
    const lot = this.model.lot(lotId);
    if (lot === undefined || this.model.inPosition(at, lot).length <= quantity || (lot.expiresAt ?? this.now + 1) <= this.now) return;
    const commandId = this.name('mark ');
    this.asks('ExpireLots', { commandId, lotId, locationId: at, quantity }, undefined);
    this.model.labels.set(`hold_${commandId}`, { at, lots: new Set([lot]), units: quantity, open: true });
  }

  unhold(index: number, part: number | undefined, scrap: boolean): void {
    const { model } = this;
    const ids = [...model.labels.keys()];
    const holdId = ids[index % Math.max(1, ids.length)] ?? 'none';
    const label = model.labels.get(holdId);
    if (label?.open !== true) return;
    const { at, lots, units } = label;
    const places = at === undefined ? LOCATIONS : [at];
    const lotsThere = (place: string): readonly ModelLot[] => [...(lots ?? [])].filter((lot) => model.inPosition(place, lot).length > 0);
    const there = (place: string, lot: ModelLot | undefined): number =>
      lot === undefined ? Math.max(0, model.onHand(place)) : model.inPosition(place, lot).length;
    const [only] = lots ?? [];
    const isShort = scrap && part !== undefined && part > there(at ?? '', only);
    const isOnTheWay = [...model.transfers.keys()].some((id) =>
      model.there(id).some(({ lot }) => lots === undefined || (lot !== undefined && lots.has(lot))),
    );
    const code =
      scrap && at === undefined && units === undefined && isOnTheWay
        ? 'hold_in_transit'
        : part === undefined
          ? undefined
          : units === undefined
            ? 'hold_without_quantity'
            : part > units
              ? 'quantity_exceeds_open'
              : isShort
                ? 'insufficient_stock'
                : undefined;
    const fields = { holdId, disposition: scrap ? 'scrap' : 'to_stock', ...(part === undefined ? {} : { quantity: part }) };
    if (!this.asks('ReleaseHold', fields, code)) return;
    for (const place of scrap ? places : []) {
      for (const lot of lots === undefined ? [undefined] : lotsThere(place)) {
        const gone = Math.min(part ?? units ?? Number.POSITIVE_INFINITY, there(place, lot));
        if (lot !== undefined) model.remove(model.ofLot(lot, place, gone));
        else if (units !== undefined) model.removeLoose(place, gone);
        else if (gone > 0) this.empty(place);
      }
    }
    if (units === undefined || part === undefined || part === units) label.open = false;
    else label.units = units - part;
  }

  protected empty(at: string): void {
    this.model.remove(this.model.there(at));
    this.model.missing.delete(at);
  }

  control(control: 'none' | 'optional' | 'required'): void {
    const isLoose = LOCATIONS.some((at) => this.model.loose(at) > 0 || this.model.inPosition(at, undefined).length > 0);
    const isSame = control === this.model.control;
    if (!this.asks('SetLotControl', { control }, !isSame && control === 'required' && isLoose ? 'lots_unassigned' : undefined)) return;
    this.model.control = control;
  }

  rename(lotId: string): void {
    const lot = this.model.lot(lotId);
    const toLotId = this.name('N');
    if (!this.asks('RenameLot', { lotId, toLotId }, lot === undefined ? 'unknown_lot' : undefined) || lot === undefined) return;
    lot.id = toLotId;
    this.model.names.set(toLotId, lot);
  }

  redate(lotId: string, expiresAt: number | undefined): void {
    const lot = this.model.lot(lotId);
    const dated = expiresAt === undefined ? { expiresAt: [] } : { expiryDate: dateOf(expiresAt), expiresAt: instantsAt(lot, expiresAt) };
    if (!this.asks('ChangeLotExpiry', { lotId, ...dated }, lot === undefined ? 'unknown_lot' : undefined) || lot === undefined) return;
    Object.assign(lot, { expiresAt, date: expiresAt });
    for (const { locationId } of dated.expiresAt) lot.places.add(locationId);
  }

  /** A number of units turns out to be of another lot, which may be one that is known, or a new one. */
  correct(
    kind: 'assign' | 'reassign' | 'split' | 'merge',
    at: string,
    from: string,
    to: string,
    quantity: number,
    expiresAt: number,
  ): void {
    const { model, now } = this;
    const target = kind === 'split' ? undefined : model.lot(to);
    const source = kind === 'assign' ? undefined : model.lot(from);
    if (kind === 'merge' && (source?.date !== target?.date || source?.expiresAt !== target?.expiresAt)) return;
    const toLotId = kind === 'split' ? this.name('N') : to;
    const code = kind === 'assign' ? this.#assignFault(at, quantity) : this.#betweenFault(kind, at, source, target, quantity);
    const taken = kind === 'assign' ? [...model.inPosition(at, undefined, '')].slice(0, quantity) : model.ofLot(source, at, quantity);
    const date = kind === 'assign' && target === undefined ? { expiryDate: dateOf(expiresAt), expiresAt } : {};
    const lots = { ...(kind === 'assign' ? {} : { fromLotId: from }), toLotId };
    const [held, free] = [model.held(at, now), model.free(at, now)];
    const refused = this.ask('CorrectPositions', { kind, locationId: at, quantity, ...lots, ...date });
    // It may be careful where nothing is free, and must be where promised units would be held.
    if (code !== undefined || (refused !== undefined && !(refused === 'insufficient_stock' && free < quantity))) expect(refused).toBe(code);
    if (refused !== undefined) return;
    const lot = target ?? model.declare(toLotId, now, source === undefined ? expiresAt : source.expiresAt);
    if (source !== undefined && (kind === 'split' || kind === 'merge')) model.becomes(source, lot);
    if (kind === 'split' && source !== undefined) {
      lot.date = source.date;
      for (const place of source.places) lot.places.add(place);
      model.split(source, lot);
    }
    lot.places.add(at);
    for (const unit of taken) unit.lot = lot;
    if (model.held(at, now) - held > free) expect(`${kind} took promised units off sale`).toBe('refused');
  }

  #assignFault(at: string, quantity: number): string | undefined {
    return quantity > Math.max(0, this.model.loose(at)) ? 'insufficient_unassigned' : undefined;
  }

  #betweenFault(
    kind: string,
    at: string,
    source: ModelLot | undefined,
    target: ModelLot | undefined,
    quantity: number,
  ): string | undefined {
    const { model, now } = this;
    if (source === undefined || (target === undefined && kind !== 'split')) return 'unknown_lot';
    const there = model.inPosition(at, source).length;
    if (quantity > there) return 'insufficient_lot_stock';
    if (model.namedUnits(source, at) > 0 && quantity > Math.max(0, there - model.namedUnits(source, at))) return 'lot_held';
    if (target === undefined) return undefined;
    if (source === target) return 'lot_exists';
    const [one, other] = [model.block(source, at, now), model.block(target, at, now)];
    if (kind === 'reassign') return undefined;
    if (one === other) return model.isKeptApart(source, target, at) ? 'lot_held' : undefined;
    return one === 'lot_held' || other === 'lot_held' ? 'lot_held' : 'lot_expired';
  }

  /** Units change bin; a missing bin is none. */
  rebin(at: string, lotId: string | undefined, from: string, to: string, quantity: number): void {
    const { model } = this;
    if (from === to) return;
    const lot = lotId === undefined ? undefined : model.lot(lotId);
    const isLoose = lotId === undefined && from === '';
    const taken = lot === undefined && isLoose ? model.inPosition(at, undefined, '') : model.inPosition(at, lot, from);
    const available = isLoose ? Math.max(0, model.loose(at)) : taken.length;
    const needsLot = lotId === undefined && model.control === 'required';
    const code =
      lotId !== undefined && lot === undefined
        ? 'unknown_lot'
        : needsLot && to !== ''
          ? 'lot_required'
          : quantity <= available
            ? undefined
            : isLoose
              ? 'insufficient_unassigned'
              : 'insufficient_in_bin';
    const bins = { ...(from === '' ? {} : { fromBinId: from }), ...(to === '' ? {} : { toBinId: to }) };
    const move = { quantity, ...(lotId === undefined ? {} : { lotId }), ...bins };
    if (!this.asks('CorrectPositions', { kind: 'bin', locationId: at, moves: [move] }, code)) return;
    model.remove(taken.slice(0, quantity));
    model.add(at, lot, to, quantity);
  }
}

const scope = (at: string | undefined, lotId: string | undefined, units: number | undefined): Fields => ({
  ...(at === undefined ? {} : { locationId: at }),
  ...(lotId === undefined ? {} : { lotId }),
  ...(units === undefined ? {} : { quantity: units }),
});

/** A date counts everywhere at the same instant here. */
const instantsAt = (lot: ModelLot | undefined, expiresAt: number): readonly { readonly locationId: string; readonly expiresAt: number }[] =>
  [...new Set(['BER', ...(lot?.places ?? [])])]
    .filter((at) => LOCATIONS.some((each) => each === at))
    .map((locationId) => ({ locationId, expiresAt }));
