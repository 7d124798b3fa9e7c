import { LotWorld, positionsOf } from '../../../test/lots.js';

type Fields = Readonly<Record<string, unknown>>;

const noon = Date.UTC(2026, 4, 20, 12);

const world = (): LotWorld => new LotWorld(noon);
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });

describe('a record of positions', () => {
  it('a figure of some positions from before a movement is refused, also where the movements add up to nothing', () => {
    const milk = world();
    milk.receive('BER', { A: [10] });
    const figure = (quantity: number): Fields => ({
      ...{ locationId: 'BER', effectiveAt: noon, reasonCode: 'count', complete: false },
      positions: positionsOf({ A: [quantity] }),
    });
    milk.now = noon + 60_000;
    milk.do('RecordPositions', figure(10));
    milk.reserve('r1', 4);
    milk.commit('r1');
    const tooLate = refused('later_fact_known', { later: 'movements', laterAt: milk.now });
    expect(milk.try('RecordPositions', figure(10))).toMatchObject(tooLate);
    milk.receive('BER', { B: [4] });
    expect(milk.try('RecordPositions', figure(10))).toMatchObject(tooLate);
    expect(milk.try('RecordPositions', { ...figure(10), complete: true })).toMatchObject(tooLate);
    expect(milk.lots()).toEqual({ A: 6, B: 4 });
    milk.do('RecordPositions', { ...figure(6), effectiveAt: milk.now });
    expect(milk.lots()).toMatchObject({ A: 6 });
  });

  it('a complete figure from before a movement is taken where all units lie in no position: it is a count of on hand', () => {
    const milk = world();
    milk.receive('BER', { A: [10] });
    const figure = { locationId: 'BER', effectiveAt: noon + 1, reasonCode: 'count', complete: true, positions: [{ quantity: 9 }] };
    milk.now = noon + 60_000;
    milk.reserve('r1', 4);
    milk.commit('r1');
    expect(milk.try('RecordPositions', figure)).toMatchObject(refused('later_fact_known', { later: 'movements' }));
    milk.reserve('r2', 6);
    milk.commit('r2');
    milk.do('RecordPositions', figure);
    expect(milk.balance().onHand).toBe(-1);
  });

  it('two figures of one position are refused, also under a former id of its lot; different bins are different positions', () => {
    const milk = world();
    const twice = (...positions: readonly object[]): Fields => ({
      ...{ locationId: 'BER', effectiveAt: noon, reasonCode: 'count', complete: false },
      positions,
    });
    const a = { lotId: 'A', quantity: 10 };
    expect(milk.try('RecordPositions', twice(a, a))).toMatchObject(refused('position_repeated', { lotId: 'A' }));
    milk.do('RecordPositions', twice(a, { ...a, binId: 'B1' }));
    expect(milk.lots()).toEqual({ A: 20 });
    milk.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    expect(milk.try('RecordPositions', twice(a, { ...a, lotId: 'X' }))).toMatchObject(refused('position_repeated', { lotId: 'X' }));
    milk.do('RecordPositions', { ...twice({ lotId: 'A', quantity: 10 }), complete: true });
    expect(milk.lots()).toEqual({ X: 10 });
  });
});
