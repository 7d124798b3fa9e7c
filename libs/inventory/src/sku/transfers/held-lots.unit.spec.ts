import { LotWorld } from '../../../test/lots.js';

type Fields = Readonly<Record<string, unknown>>;

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const [may, july] = [noon + 10 * day, noon + 60 * day];
const refused = (code: string, details: Fields = {}): object => ({ kind: 'refused', code, details });

/** A 3 that expires first, B 5, and 2 without a lot. */
function stocked(): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { B: [5, july], A: [3, may] });
  milk.receiveLoose('BER', 2);
  return milk;
}

const hold = (milk: LotWorld, fields: Fields = {}) => milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', ...fields });
const move = (milk: LotWorld, quantity: number, fields: Fields = {}) =>
  milk.try('MoveStock', { fromLocationId: 'BER', toLocationId: 'HAM', quantity, reference: 'M', holdId: 'h1', ...fields });
const route = { transferId: 't1', startedAt: noon, fromLocationId: 'BER', toLocationId: 'HAM' };

describe('lots that move under a hold on more than their lot', () => {
  it('are those that expire first, and are held where they come', () => {
    for (const scope of [{ locationId: 'BER' }, {}]) {
      const milk = stocked();
      hold(milk, scope);
      expect(move(milk, 4)).toMatchObject({ kind: 'accepted' });
      expect(milk.lots()).toEqual({ B: 4, '-': 2 });
      expect(milk.lots('HAM')).toEqual({ A: 3, B: 1 });
      expect(milk.balance('HAM')).toMatchObject({ onHand: 4, held: 4 });
      expect(milk.state.detail?.lots?.lots.get('A')?.expiresAt.get('HAM')).toBe(may);
    }
  });

  it('travel as lots, so that a recall stops them also after the hold on them was released', () => {
    const milk = stocked();
    hold(milk, { locationId: 'BER' });
    milk.do('ShipTransfer', { ...route, quantity: 4, holdId: 'h1', commandId: 'left' });
    expect(milk.state.inTransit.get('t1')?.lots).toEqual([
      { lotId: 'A', quantity: 3 },
      { lotId: 'B', quantity: 1 },
    ]);
    milk.do('PlaceHold', { holdId: 'h2', holdType: 'recall', lotId: 'A' });
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 4, receiptId: 'first' });
    expect(milk.lots('HAM')).toEqual({ A: 3, B: 1 });
    expect(milk.balance('HAM').held).toBe(4);
    milk.do('ReleaseHold', { holdId: 'hold_left', disposition: 'to_stock' });
    expect(milk.balance('HAM').held).toBe(3);
    expect(milk.reserve('r1', 2, 'HAM')).toMatchObject(refused('insufficient_stock'));
  });

  it('are none that something else keeps', () => {
    const milk = stocked();
    hold(milk, { locationId: 'BER' });
    milk.do('PlaceHold', { holdId: 'h2', holdType: 'recall', lotId: 'A' });
    milk.do('PlaceHold', { holdId: 'h3', holdType: 'quality', locationId: 'BER', quantity: 1, mayUncoverPromises: true });
    expect(move(milk, 7)).toMatchObject(refused('insufficient_stock', { requested: 7, available: 6 }));
    expect(move(milk, 6)).toMatchObject({ kind: 'accepted' });
    expect(milk.lots('HAM')).toEqual({ B: 5, '-': 1 });

    const late = stocked();
    hold(late, { locationId: 'BER' });
    late.now = may;
    expect(move(late, 8)).toMatchObject(refused('insufficient_stock', { available: 7 }));
  });

  it('may be named; then what is expired goes too, and stays so', () => {
    const milk = stocked();
    hold(milk, { locationId: 'BER' });
    milk.now = may;
    expect(move(milk, 4, { positions: [{ lotId: 'A', quantity: 3 }, { quantity: 1 }] })).toMatchObject({ kind: 'accepted' });
    expect(milk.lots('HAM')).toEqual({ A: 3, '-': 1 });
    expect(milk.state.detail?.lots?.lots.get('A')?.expired.has('HAM')).toBe(true);
    expect(milk.balance('HAM').held).toBe(4);
  });
});

describe('lots that move under a hold on a lot, or on a number of units', () => {
  it('are of that lot alone', () => {
    const milk = stocked();
    milk.reserve('r1', 5);
    hold(milk, { lotId: 'A', locationId: 'BER' });
    expect(move(milk, 3, { positions: [{ lotId: 'B', quantity: 3 }] })).toMatchObject(refused('hold_elsewhere', { lotId: 'A' }));
    expect(move(milk, 1, { positions: [{ quantity: 1 }] })).toMatchObject(refused('hold_elsewhere'));
    expect(move(milk, 3, { positions: [{ lotId: 'A', quantity: 3 }] })).toMatchObject({ kind: 'accepted' });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 5, held: 0 });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 3, held: 3 });
  });

  it('are none that the hold does not keep: expired ones, or those in a bin that is not for sale', () => {
    const milk = stocked();
    hold(milk, { locationId: 'BER', quantity: 4 });
    milk.now = may;
    expect(move(milk, 3, { positions: [{ lotId: 'A', quantity: 3 }] })).toMatchObject(refused('lot_expired'));

    const bins = new LotWorld(noon);
    bins.receiveLoose('BER', 10);
    bins.record([
      { lotId: 'A', binId: 'B1', quantity: 5, sellable: false },
      { lotId: 'A', binId: 'B2', quantity: 5 },
    ]);
    hold(bins, { locationId: 'BER', lotId: 'A', quantity: 5 });
    expect(bins.balance().held).toBe(10);
    expect(move(bins, 5)).toMatchObject({ kind: 'accepted' });
    expect(bins.balance()).toMatchObject({ onHand: 5, held: 5 });
  });

  it('stay under a hold of the place that keeps them too', () => {
    const milk = stocked();
    hold(milk, { lotId: 'A', locationId: 'BER' });
    milk.do('PlaceHold', { holdId: 'h2', holdType: 'quality', locationId: 'BER' });
    expect(move(milk, 3)).toMatchObject(refused('lot_held', { lotId: 'A' }));
  });
});

describe('positions that a move or a receipt names', () => {
  it('are counted together where a lot is named twice', () => {
    const milk = stocked();
    const twice = [
      { lotId: 'A', quantity: 2 },
      { lotId: 'A', quantity: 2 },
    ];
    const plain = (positions: Fields[], quantity: number) =>
      milk.try('MoveStock', { fromLocationId: 'BER', toLocationId: 'HAM', quantity, reference: 'M', positions });
    expect(plain(twice, 4)).toMatchObject(refused('insufficient_lot_stock', { requested: 2, available: 1 }));
    expect(plain([{ quantity: 2 }, { quantity: 1 }], 3)).toMatchObject(refused('insufficient_unassigned', { available: 0 }));
    expect(plain([{ lotId: 'A', quantity: 2 }, { lotId: 'A', quantity: 1 }, { quantity: 2 }], 5)).toMatchObject({ kind: 'accepted' });
    expect(milk.lots('HAM')).toEqual({ A: 3, '-': 2 });
  });

  it('are as many without a lot as are on their way', () => {
    const milk = stocked();
    milk.do('ShipTransfer', { ...route, quantity: 5, positions: [{ lotId: 'A', quantity: 3 }, { quantity: 2 }] });
    const arrive = (positions: Fields[]) => milk.try('ReceiveTransfer', { transferId: 't1', quantity: 5, receiptId: 'first', positions });
    expect(arrive([{ binId: 'B1', quantity: 5 }])).toMatchObject(refused('lot_required', { requested: 5, withoutLot: 2 }));
    expect(arrive([{ lotId: 'A', binId: 'B1', quantity: 3 }, { quantity: 2 }])).toMatchObject({ kind: 'accepted' });
    expect(milk.lots('HAM')).toEqual({ A: 3, '-': 2 });
  });
});
