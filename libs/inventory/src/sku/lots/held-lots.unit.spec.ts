import { LotWorld } from '../../../test/lots.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const world = (): LotWorld => new LotWorld(noon);
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });

describe('corrections of lots with holds', () => {
  it('leave so many units in a lot as a hold on it names', () => {
    const milk = world();
    milk.receive('BER', { A: [10], B: [5] });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', lotId: 'A', locationId: 'BER', quantity: 4 });
    const held = refused('lot_held', { lotId: 'A', requested: 7, available: 6 });
    expect(milk.correct('reassign', { fromLotId: 'A', toLotId: 'B', quantity: 7 })).toMatchObject(held);
    expect(milk.correct('split', { fromLotId: 'A', toLotId: 'C', quantity: 7 })).toMatchObject(held);
    expect(milk.correct('merge', { fromLotId: 'A', toLotId: 'B' })).toMatchObject(refused('lot_held', { requested: 10 }));
    milk.correct('merge', { fromLotId: 'A', toLotId: 'B', quantity: 6 });
    expect(milk.lots()).toEqual({ A: 4, B: 11 });
    expect(milk.balance().held).toBe(4);
  });

  it('rename a lot with the hold under which units of it travel, and give no lot an id that a hold names', () => {
    const milk = world();
    milk.receive('BER', { A: [10] });
    milk.receiveLoose('HAM', 1);
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', lotId: 'A', locationId: 'BER', quantity: 4 });
    const route = { startedAt: noon, fromLocationId: 'BER', toLocationId: 'HAM' };
    milk.do('ShipTransfer', { ...route, transferId: 't1', quantity: 4, holdId: 'h1' });
    milk.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 4, receiptId: 'first' });
    expect(milk.lots('HAM')).toEqual({ X: 4, '-': 1 });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 5, held: 4 });
    milk.do('PlaceHold', { holdId: 'h2', holdType: 'recall', lotId: 'B' });
    expect(milk.try('RenameLot', { lotId: 'X', toLotId: 'B' })).toMatchObject(refused('lot_held', { lotId: 'B' }));
    milk.do('RenameLot', { lotId: 'X', toLotId: 'A' });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 5, held: 4 });
  });
});

describe('a merge of lots of two dates', () => {
  const [june, december] = [noon + 40 * day, noon + 220 * day];
  const merge = (milk: LotWorld, fields: Readonly<Record<string, unknown>> = {}) =>
    milk.correct('merge', { fromLotId: 'A', toLotId: 'B', ...fields });

  it('makes no units sellable that are expired at another location', () => {
    const milk = world();
    milk.receive('BER', { A: [10, june], B: [10, december] });
    milk.receive('HAM', { B: [5, december] });
    milk.expire({ lotId: 'B', locationId: 'HAM' });
    expect(merge(milk)).toMatchObject(refused('lot_expired', { lotId: 'B', locationId: 'HAM' }));
    expect(milk.balance('HAM').held).toBe(5);
    expect(merge(milk, { expiry: 'latest' })).toMatchObject({ kind: 'accepted' });
    expect(milk.balance('HAM').held).toBe(5);
    expect(milk.balance().held).toBe(0);
  });

  it('nor those that will arrive there, or that a hold of the location hides', () => {
    const milk = world();
    milk.receive('BER', { A: [10, june], B: [10, december] });
    milk.receive('HAM', { B: [5, december] });
    milk.expire({ lotId: 'B', locationId: 'HAM' });
    milk.do('AdjustStock', { locationId: 'HAM', delta: -5, effectiveAt: noon, reasonCode: 'destroyed', lotId: 'B' });
    const positions = [{ lotId: 'B', quantity: 2 }];
    milk.do('ShipTransfer', { transferId: 't1', startedAt: noon, fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2, positions });
    expect(merge(milk)).toMatchObject(refused('lot_expired', { lotId: 'B', locationId: 'HAM' }));
    milk.expire({ lotId: 'A', locationId: 'BER' });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', locationId: 'BER' });
    expect(merge(milk, { expiry: 'latest' })).toMatchObject(refused('lot_expired', { lotId: 'A', locationId: 'BER' }));
  });
});
