import { LotWorld } from '../../../test/lots.js';

const noon = Date.UTC(2026, 4, 20, 12);
const world = (): LotWorld => new LotWorld(noon);
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });
const available = (milk: LotWorld): number => milk.balance().onHand - milk.balance().reserved - milk.balance().held;
const closed = { binId: 'Q-01', sellable: false };

describe('units that come into a bin that is not for sale', () => {
  it('are held where they are adjusted into it', () => {
    const milk = world();
    milk.receiveLoose('BER', 5);
    milk.do('AdjustStock', { locationId: 'BER', effectiveAt: noon, reasonCode: 'found', delta: 3, ...closed });
    expect(milk.balance()).toEqual({ onHand: 8, reserved: 0, held: 3 });
  });

  it('are held where they are recorded there, also where the figure is the same', () => {
    const milk = world();
    milk.record([{ ...closed, quantity: 3 }]);
    expect(milk.balance()).toEqual({ onHand: 3, reserved: 0, held: 3 });
    milk.record([{ binId: 'Q-01', sellable: true, quantity: 3 }]);
    expect(available(milk)).toBe(3);
    const [adjusted] = milk.record([{ ...closed, quantity: 3 }]);
    expect(adjusted).toMatchObject({ delta: 0, positions: [{ binId: 'Q-01', delta: 0, sellable: false }], held: [{ delta: 3 }] });
    milk.record([{ ...closed, quantity: 3 }]);
    expect(milk.events.at(-1)).toMatchObject({ delta: 0, positions: [] });
  });

  it('are held where they get a lot and the bin; promised ones are not', () => {
    const milk = world();
    milk.receiveLoose('BER', 5);
    milk.reserve('r1', 3);
    const assigned = { toLotId: 'A', quantity: 3, ...closed };
    expect(milk.correct('assign', assigned)).toMatchObject(refused('insufficient_stock', { requested: 3, available: 2 }));
    milk.correct('assign', { ...assigned, quantity: 2 });
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 3, held: 2 });
  });
});

describe('a bin of which the catalogue says something else', () => {
  it('keeps its units from then on, promised or not, and gives them back', () => {
    const milk = world();
    milk.receive('BER', { A: [4] });
    milk.correct('bin', { moves: [{ lotId: 'A', toBinId: 'A-01', quantity: 4 }] });
    milk.reserve('r1', 3);
    const sale = (sellable: boolean) => milk.do('SetBinSale', { locationId: 'BER', bins: [{ binId: 'A-01', sellable }] });
    expect(sale(false)).toMatchObject([{ type: 'PositionsCorrected', held: [{ locationId: 'BER', delta: 4 }] }]);
    expect(sale(false)).toEqual([]);
    expect(milk.commit('r1')).toMatchObject(refused('stock_held', { sellable: 0 }));
    expect(sale(true)).toMatchObject([{ type: 'PositionsCorrected', held: [{ locationId: 'BER', delta: -4 }] }]);
    expect(milk.commit('r1')).toMatchObject({ kind: 'accepted' });
  });

  it('says nothing of a SKU that is not known, or of a bin that is so already', () => {
    const milk = world();
    expect(milk.do('SetBinSale', { locationId: 'BER', bins: [closed] })).toEqual([]);
    milk.receiveLoose('BER', 5);
    expect(milk.do('SetBinSale', { locationId: 'BER', bins: [{ binId: 'A-01', sellable: true }] })).toEqual([]);
  });
});
