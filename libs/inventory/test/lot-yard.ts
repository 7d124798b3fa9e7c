import { countMark } from '../src/index.js';
import type { Unit } from './lot-model.js';
import { LotKeeper } from './lot-keeper.js';
import { LOCATIONS } from './lot-shop.js';

const elsewhere = (at: string): string => LOCATIONS.find((each) => each !== at) ?? at;

/** What changes how many units lie where: counts, moves and transfers. */
export class LotYard extends LotKeeper {
  readonly transferIds: string[] = [];

  settle(at: string): void {
    const { model, now } = this;
    const loose = model.loose(at);
    const lowered = loose >= 0 ? [] : model.firstExpiring(at, -loose, now);
    const code = loose >= 0 ? 'nothing_to_settle' : lowered.length === 0 ? 'insufficient_lot_stock' : undefined;
    if (!this.asks('CorrectPositions', { kind: 'settle', locationId: at }, code)) return;
    model.remove(lowered);
    model.add(at, undefined, '', lowered.length);
  }

  /** A person writes down what lies in a place, and with `complete` that nothing lies in any other. */
  record(at: string, lotId: string | undefined, bin: string, quantity: number, expiresAt: number, complete: boolean): void {
    const positions = [this.position(lotId, bin, quantity, expiresAt)];
    this.asks('RecordPositions', { locationId: at, effectiveAt: this.now, reasonCode: 'any', positions, complete }, undefined);
    if (complete) this.empty(at);
    if (lotId === undefined && bin === '') return this.#loose(at, quantity - this.model.loose(at));
    const lot = lotId === undefined ? undefined : this.model.lot(lotId);
    const there = lotId !== undefined && lot === undefined ? 0 : this.model.inPosition(at, lot, bin).length;
    return this.#positionChanged(at, lotId, bin, quantity - there, expiresAt);
  }

  count(at: string, lotId: string | undefined, bin: string, delta: number, expiresAt: number): void {
    if (lotId === undefined && bin === '') return;
    const { quantity: _, ...place } = this.position(lotId, bin, 0, expiresAt);
    const figures = { countedAt: this.now, counted: 0, delta, mark: countMark(this.auditor.state, at, this.now) };
    const batch = { documentId: this.name('count '), postedBack: false, reasonCode: 'count' };
    this.asks('ApplyCount', { locationId: at, ...figures, ...batch, positions: [{ ...place, delta }] }, undefined);
    this.#positionChanged(at, lotId, bin, delta, expiresAt);
  }

  /** More units were without a place before; fewer are gone. */
  #positionChanged(at: string, lotId: string | undefined, bin: string, delta: number, expiresAt: number): void {
    const { model } = this;
    const lot = lotId === undefined ? undefined : delta > 0 ? model.declare(lotId, this.now, expiresAt) : model.lot(lotId);
    if (delta > 0) {
      model.removeLoose(at, Math.min(delta, Math.max(0, model.loose(at))));
      return model.add(at, lot, bin, delta);
    }
    const gone = lotId !== undefined && lot === undefined ? [] : model.ofLot(lot, at, -delta, bin);
    model.remove(gone);
    return model.removeLoose(at, -delta - gone.length);
  }

  #loose(at: string, delta: number): void {
    if (delta >= 0) this.model.add(at, undefined, '', delta);
    else this.model.removeLoose(at, -delta);
  }

  /** Moves at once, or by a transfer. */
  send(at: string, lotId: string | undefined, quantity: number, mayMoveHeld: boolean, isTransfer: boolean): void {
    const { model, now } = this;
    const to = elsewhere(at);
    const lot = lotId === undefined ? undefined : model.lot(lotId);
    if (lot !== undefined && model.inPosition(at, lot).length === 0) return;
    const block = lot === undefined ? undefined : model.block(lot, at, now);
    const mayMove = block !== undefined && mayMoveHeld && lot !== undefined && !model.isBlockedHere(lot, at);
    const able = lot === undefined ? [] : mayMove ? model.ofLot(lot, at, quantity) : model.sellableOf(lot, at, now);
    const isShort = !mayMove && model.free(at, now) < quantity;
    const fault =
      lotId === undefined
        ? undefined
        : lot === undefined
          ? 'unknown_lot'
          : block !== undefined && !mayMove
            ? block
            : able.length < quantity
              ? 'insufficient_lot_stock'
              : undefined;
    const id = this.name('t');
    const named = lotId === undefined ? {} : { positions: [{ lotId, quantity }], mayMoveHeld };
    const fields = { fromLocationId: at, toLocationId: to, quantity, ...named };
    const code = fault ?? (isShort ? 'insufficient_stock' : undefined);
    const own = isTransfer ? { transferId: id, startedAt: now } : { reference: id };
    if (!this.asks(isTransfer ? 'ShipTransfer' : 'MoveStock', { ...fields, ...own }, code)) return;
    const leaving = lot === undefined ? model.firstExpiring(at, quantity, now) : able.slice(0, quantity);
    model.remove(leaving);
    model.removeLoose(at, quantity - leaving.length);
    for (const each of byFirst(leaving)) model.add(isTransfer ? id : to, each.lot, '', 1);
    model.add(isTransfer ? id : to, undefined, '', quantity - leaving.length);
    if (!isTransfer) return;
    model.transfers.set(id, { from: at, to });
    this.transferIds.push(id);
  }

  /** Units arrive, some of them unfit, or they go back, or they are lost. */
  arrive(index: number, way: 'received' | 'returned' | 'lost', quantity: number, rejected: number): void {
    const { model } = this;
    const transferId = this.transferIds[index % Math.max(1, this.transferIds.length)] ?? '';
    const { from, to } = model.transfers.get(transferId) ?? { from: '', to: '' };
    const units = model.there(transferId);
    if (units.length === 0) return;
    const ended = way === 'received' ? units.slice(0, quantity + rejected) : units;
    const places = { fromLocationId: from, toLocationId: to };
    const commandId = this.name('c');
    if (way === 'returned') this.asks('ReturnTransfer', { transferId, ...places }, undefined);
    else if (way === 'lost') this.asks('CloseTransfer', { transferId, reasonCode: 'lost' }, undefined);
    else {
      const isOver = quantity + rejected > units.length;
      const fields = { commandId, transferId, quantity, ...(rejected > 0 ? { rejected } : {}), receiptId: this.name('receipt ') };
      if (!this.asks('ReceiveTransfer', fields, isOver ? 'quantity_exceeds_open' : undefined)) return;
      if (rejected > 0) model.labels.set(`hold_${commandId}`, { at: to, lots: undefined, units: rejected, open: true });
    }
    model.remove(ended);
    if (way !== 'lost') for (const { lot } of ended) model.add(way === 'received' ? to : from, lot, '', 1);
  }
}

/** Lots in the order in which they are first met; what has none comes last. */
function byFirst(units: readonly Unit[]): readonly Unit[] {
  const lots = [...new Set(units.map(({ lot }) => lot))].filter((lot) => lot !== undefined);
  return [...lots, undefined].flatMap((lot) => units.filter((unit) => unit.lot === lot));
}
