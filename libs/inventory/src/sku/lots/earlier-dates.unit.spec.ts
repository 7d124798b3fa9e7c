import { LotWorld } from '../../../test/lots.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const [may, june] = [noon + 11 * day, noon + 41 * day];
const posted = { connectionId: 'erp' };

const dates = (milk: LotWorld, lotId = 'A'): readonly unknown[] => {
  const lot = milk.state.detail?.lots?.lots.get(lotId);
  return [lot?.expiryDate, ...(lot?.expiresAt ?? [])];
};

describe('the date of a known lot in a receipt of an ERP', () => {
  it('is taken where the lot has none: it is sold by it, and expires', () => {
    const milk = new LotWorld(noon);
    milk.receive('BER', { A: [5] }, posted);
    milk.receive('HAM', { A: [2] }, posted);
    milk.receive('BER', { B: [5, june] }, posted);
    const events = milk.receive('BER', { A: [5, may] }, posted);
    expect(events.map(({ type }) => type)).toEqual(['LotExpiryChanged', 'StockReceived']);
    expect(dates(milk)).toEqual(['2026-05-31', ['BER', may], ['HAM', may]]);
    milk.reserve('r1', 6);
    milk.commit('r1');
    expect(milk.lots()).toEqual({ A: 4, B: 5 });
    milk.now = may;
    milk.expire();
    expect([milk.balance('BER').held, milk.balance('HAM').held]).toEqual([4, 2]);
  });

  it('is taken where it is earlier than the known one, and not where it is later', () => {
    const milk = new LotWorld(noon);
    milk.receive('BER', { A: [5, june] }, posted);
    milk.receive('HAM', { A: [5, may] }, posted);
    expect(dates(milk)).toEqual(['2026-05-31', ['HAM', may], ['BER', may]]);
    expect(milk.receive('BER', { A: [5, june] }, posted).map(({ type }) => type)).toEqual(['StockReceived']);
    expect(dates(milk)).toEqual(['2026-05-31', ['HAM', may], ['BER', may]]);
  });

  it('that has passed holds the units that lie there, and those that arrive', () => {
    const milk = new LotWorld(noon);
    milk.receive('BER', { A: [5] }, posted);
    milk.receive('BER', { A: [3, noon - day] }, posted);
    expect(milk.balance()).toEqual({ onHand: 8, reserved: 0, held: 8 });
  });

  it('frees nothing that a person has marked as expired', () => {
    const milk = new LotWorld(noon);
    milk.receive('BER', { A: [5] }, posted);
    milk.expire({ lotId: 'A' });
    expect(milk.balance().held).toBe(5);
    milk.receive('BER', { A: [3, may] }, posted);
    expect(milk.balance()).toEqual({ onHand: 8, reserved: 0, held: 8 });
  });
});
