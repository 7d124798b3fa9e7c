import { LotWorld } from '../../../test/lots.js';

type Instants = Readonly<Record<string, readonly [was: number, expiresAt: number]>>;

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const [end, other] = [noon + 10 * day, noon + 40 * day];

function stocked(): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { A: [5, end], B: [5, other] });
  milk.receive('HAM', { A: [4, end] });
  return milk;
}

const dateOf = (milk: LotWorld, lotId: string): string => milk.state.detail?.lots?.lots.get(lotId)?.expiryDate ?? '';
const instantsOf = (milk: LotWorld, lotId = 'A'): object => Object.fromEntries(milk.state.detail?.lots?.lots.get(lotId)?.expiresAt ?? []);

const redate = (milk: LotWorld, instants: Instants, { removalDays = 0, expiryDate = dateOf(milk, 'A') } = {}) =>
  milk.do('RedateLots', {
    removalDays,
    lots: [
      {
        ...{ lotId: 'A', expiryDate },
        instants: Object.entries(instants).map(([locationId, [was, expiresAt]]) => ({ locationId, was, expiresAt })),
      },
    ],
  });

describe('dates of lots that are computed anew', () => {
  it('count for every location of the lot from then on; a date that has passed expires it at once', () => {
    const milk = stocked();
    expect(redate(milk, { BER: [end, end - 3 * day], HAM: [end, end - 2 * day] }).map(({ type }) => type)).toEqual(['LotExpiryChanged']);
    expect(instantsOf(milk)).toEqual({ BER: end - 3 * day, HAM: end - 2 * day });
    expect(milk.state.detail?.lots?.nextExpiryAt).toBe(end - 3 * day);
    redate(milk, { BER: [end - 3 * day, noon] });
    expect(milk.balance()).toMatchObject({ onHand: 10, held: 5 });
    redate(milk, { BER: [noon, end] });
    expect(milk.balance().held).toBe(0);
  });

  it('change nothing that is not as the caller read it: another instant, another date, other days of removal', () => {
    const milk = stocked();
    expect(redate(milk, { BER: [end - 1, noon], HAM: [end, end] })).toEqual([]);
    expect(redate(milk, { BER: [end, noon] }, { expiryDate: '2026-01-01' })).toEqual([]);
    expect(redate(milk, { BER: [end, noon] }, { removalDays: 3 })).toEqual([]);
    milk.do('DescribeProduct', { verified: true, removalDays: 3 });
    expect(redate(milk, { BER: [end, end - 3 * day], HAM: [end - 1, noon] }, { removalDays: 3 })).toHaveLength(1);
    expect(instantsOf(milk)).toEqual({ BER: end - 3 * day, HAM: end });
  });

  it('leave a lot expired where a person marked it, and where such units came to', () => {
    const milk = stocked();
    milk.expire({ lotId: 'A', locationId: 'BER' });
    const move = { fromLocationId: 'BER', toLocationId: 'LEJ', quantity: 2, reference: 'M', positions: [{ lotId: 'A', quantity: 2 }] };
    milk.do('MoveStock', { ...move, mayMoveHeld: true, lots: [{ lotId: 'A', expiresAt: end }] });
    expect(instantsOf(milk)).toEqual({ BER: noon, HAM: end, LEJ: noon });
    redate(milk, { BER: [noon, other], HAM: [end, other], LEJ: [noon, other] });
    expect(instantsOf(milk)).toEqual({ BER: noon, HAM: other, LEJ: noon });
    redate(milk, { BER: [noon, other], HAM: [other, end], LEJ: [noon, other] });
    expect(instantsOf(milk)).toEqual({ BER: noon, HAM: end, LEJ: noon });
    expect([milk.balance().held, milk.balance('LEJ').held, milk.balance('HAM').held]).toEqual([3, 2, 0]);
    milk.do('ChangeLotExpiry', {
      ...{ lotId: 'A', expiryDate: dateOf(milk, 'B') },
      expiresAt: ['BER', 'HAM', 'LEJ'].map((locationId) => ({ locationId, expiresAt: other })),
    });
    expect([milk.balance().held, milk.balance('LEJ').held]).toEqual([0, 0]);
  });

  it('units that were marked as expired make the rest of the lot expired where they come to, by a move or a transfer', () => {
    const milk = stocked();
    milk.expire({ lotId: 'A', locationId: 'BER' });
    const way = { fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2, positions: [{ lotId: 'A', quantity: 2 }], mayMoveHeld: true };
    milk.do('ShipTransfer', { ...way, transferId: 't1', startedAt: noon });
    expect(milk.balance('HAM').held).toBe(0);
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 2, receiptId: 'first' });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 6, held: 6 });

    const moved = stocked();
    moved.expire({ lotId: 'A', locationId: 'BER' });
    moved.do('MoveStock', { ...way, reference: 'M' });
    expect(moved.balance('HAM')).toMatchObject({ onHand: 6, held: 6 });
  });
});
