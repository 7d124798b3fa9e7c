import { LotWorld } from '../../../test/lots.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const [soon, later] = [noon + 2 * day, noon + 40 * day];
const short = { kind: 'refused', code: 'insufficient_stock', details: { requested: 2, available: 1 } };

/** A lot passed its date while nothing of it was at the location, so nothing recorded it as expired there. Of what is there, 1 is free. */
function lapsed(units: (milk: LotWorld) => void): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { OLD: [3, soon] });
  milk.do('AdjustStock', { locationId: 'BER', delta: -3, effectiveAt: noon, reasonCode: 'damage', lotId: 'OLD' });
  units(milk);
  milk.reserve('r1', 4);
  milk.now = soon;
  return milk;
}

describe('a merge into a lot that passed its date where it had no units', () => {
  it('is refused of good units, and not of expired ones', () => {
    const milk = lapsed((world) => world.receive('BER', { NEW: [5, later], SAME: [2, soon] }));
    const expired = { kind: 'refused', code: 'lot_expired', details: { lotId: 'OLD' } };
    expect(milk.correct('merge', { fromLotId: 'NEW', toLotId: 'OLD', quantity: 2 })).toMatchObject(expired);
    expect(milk.correct('merge', { fromLotId: 'SAME', toLotId: 'OLD' })).toMatchObject({ kind: 'accepted' });
    expect(milk.lots()).toEqual({ NEW: 5, OLD: 2 });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 4, held: 2 });
  });
});

describe('corrections into a lot of which a hold names more units than are there', () => {
  const held = (units: (milk: LotWorld) => void): LotWorld => {
    const milk = new LotWorld(noon);
    milk.receive('BER', { KEPT: [1] });
    units(milk);
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'KEPT', locationId: 'BER', quantity: 4 });
    milk.reserve('r1', 4);
    return milk;
  };

  it.each(['reassign', 'merge'] as const)('take no promised units under the hold: %s', (kind) => {
    const milk = held((world) => world.receive('BER', { NEW: [5] }));
    const lots = { fromLotId: 'NEW', toLotId: 'KEPT' };
    expect(milk.correct(kind, { ...lots, quantity: 2 })).toMatchObject(short);
    expect(milk.correct(kind, { ...lots, quantity: 1 })).toMatchObject({ kind: 'accepted' });
    expect(milk.correct(kind, { ...lots, quantity: 4, mayUncoverPromises: true })).toMatchObject({ kind: 'accepted' });
    expect(milk.balance()).toEqual({ onHand: 6, reserved: 4, held: 4 });
  });

  it('assign', () => {
    const milk = held((world) => world.receiveLoose('BER', 5));
    expect(milk.correct('assign', { toLotId: 'KEPT', quantity: 2 })).toMatchObject(short);
    expect(milk.correct('assign', { toLotId: 'KEPT', quantity: 1 })).toMatchObject({ kind: 'accepted' });
    expect(milk.balance()).toEqual({ onHand: 6, reserved: 4, held: 2 });
  });
});
