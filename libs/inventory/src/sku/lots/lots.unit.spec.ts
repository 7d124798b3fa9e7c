import { LotWorld } from '../../../test/lots.js';
import { availableUnits } from '../../index.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const world = (now = noon): LotWorld => new LotWorld(now);
type Fields = Readonly<Record<string, unknown>>;
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });

describe('lots of a receipt', () => {
  it('are kept by location, with their dates; the rest of on hand is unassigned', () => {
    const milk = world();
    const events = milk.receive('BER', { A: [5, noon + day], B: [3] });
    expect(events.map(({ type }) => type)).toEqual(['ProductDescribed', 'LotDeclared', 'LotDeclared', 'StockReceived']);
    milk.receiveLoose('BER', 2);
    expect(milk.lots()).toEqual({ A: 5, B: 3, '-': 2 });
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 0, held: 0 });
  });

  it('add up to its quantity, have the dates that are known, and are not asked for unless they are required', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day] });
    const again = { locationId: 'BER', quantity: 5, effectiveAt: noon, messageId: 'again' };
    expect(milk.try('ReceiveStock', { ...again, positions: [{ lotId: 'A', quantity: 4 }] })).toMatchObject(
      refused('positions_differ', { quantity: 5, positions: 4 }),
    );
    expect(milk.try('ReceiveStock', { ...again, positions: [{ lotId: 'A', quantity: 5, expiryDate: '2030-01-01' }] })).toMatchObject(
      refused('expiry_mismatch', { lotId: 'A', expiryDate: '2030-01-01' }),
    );
    milk.do('SetLotControl', { control: 'required' });
    expect(milk.try('ReceiveStock', again)).toMatchObject(refused('lot_required', { quantity: 5, withoutLot: 5 }));
  });

  it('that are expired already are held at once', () => {
    const milk = world();
    const events = milk.receive('BER', { A: [5, noon - day] });
    expect(events.at(-1)).toMatchObject({ type: 'StockReceived', delta: 5, held: [{ locationId: 'BER', delta: 5 }] });
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 0, held: 5 });
  });
});

describe('expiry', () => {
  it('L2: units of a lot are not available from its instant on, before any event is written', () => {
    const midnight = Date.UTC(2026, 4, 31, 22);
    const milk = world();
    milk.receive('BER', { May: [5, midnight], July: [5, midnight + 40 * day] });
    expect(availableUnits(milk.state, 'BER', midnight - 1_000)).toBe(10);
    expect(availableUnits(milk.state, 'BER', midnight)).toBe(5);
    milk.now = midnight;
    expect(milk.reserve('r1', 6)).toMatchObject(refused('insufficient_stock', { requested: 6, available: 5 }));
    expect(milk.expire()).toEqual([
      {
        type: 'LotExpired',
        lotId: 'May',
        locationIds: ['BER'],
        because: 'date',
        uncoveredUnits: 0,
        held: [{ locationId: 'BER', delta: 5 }],
      },
    ]);
    expect(milk.expire()).toEqual([]);
    expect(milk.state.detail?.lots?.nextExpiryAt).toBe(midnight + 40 * day);
  });

  it('L3: it uncovers promises and ends none; what lost its cover is not committed until more arrives', () => {
    const midnight = noon + day;
    const milk = world();
    milk.receive('BER', { A: [5, midnight], B: [5] });
    milk.reserve('r1', 5);
    milk.reserve('r2', 2);
    milk.now = midnight;
    expect(milk.expire()).toMatchObject([{ type: 'LotExpired', lotId: 'A', uncoveredUnits: 2 }]);
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 7, held: 5 });
    expect(milk.commit('r1')).toMatchObject({ kind: 'accepted' });
    expect(milk.lots()).toEqual({ A: 5 });
    expect(milk.commit('r2')).toMatchObject(refused('stock_held', { requested: 2, sellable: 0, held: 5 }));
    milk.receiveLoose('BER', 2);
    expect(milk.commit('r2')).toMatchObject({ kind: 'accepted' });
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 0, held: 5 });
  });
});

describe('a commit', () => {
  it('L1: takes the lot that expires first, lots without a date after those with one, and units without a lot last', () => {
    const orders: readonly (readonly string[])[] = [
      ['L1', 'L2', 'L3'],
      ['L3', 'L1', 'L2'],
    ];
    for (const order of orders) {
      const dates: Readonly<Record<string, number | undefined>> = { L1: noon + 11 * day, L2: noon + 10 * day };
      const milk = world();
      for (const lotId of order) {
        const expiresAt = dates[lotId];
        milk.receive('BER', { [lotId]: expiresAt === undefined ? [5] : [5, expiresAt] });
      }
      milk.receiveLoose('BER', 5);
      milk.reserve('r1', 7);
      milk.commit('r1');
      expect(milk.lots()).toEqual({ L1: 3, L3: 5, '-': 5 });
      milk.reserve('r2', 10);
      milk.commit('r2');
      expect(milk.lots()).toEqual({ '-': 3 });
    }
  });

  it('that is reversed gives the units back to their lots', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day], B: [5, noon + 2 * day] });
    milk.reserve('r1', 7);
    milk.commit('r1', { commandId: 'commit' });
    milk.now = noon + day;
    const [expired, reversed] = milk.do('ReverseCommit', { reservationId: 'r1', commitCommandId: 'commit', orderId: 'order of r1' });
    expect(expired).toMatchObject({ type: 'LotExpired', lotId: 'A' });
    expect(reversed).toMatchObject({ type: 'ReservationCommitReversed', held: [{ locationId: 'BER', delta: 5 }] });
    expect(milk.lots()).toEqual({ A: 5, B: 5 });
  });
});

describe('a correction', () => {
  it('L6: where lots are required, units without one are held until they get one', () => {
    const milk = world();
    milk.receive('BER', { A: [5] });
    milk.do('SetLotControl', { control: 'required' });
    milk.receiveLoose('BER', 20, { connectionId: 'erp' });
    expect(milk.balance()).toEqual({ onHand: 25, reserved: 0, held: 20 });
    milk.correct('assign', { toLotId: 'C', quantity: 20 });
    expect(milk.balance()).toEqual({ onHand: 25, reserved: 0, held: 0 });
    expect(milk.lots()).toEqual({ A: 5, C: 20 });
  });

  it('L6: units without a lot are held in bins too where lots are required, and get a lot there or on the way out', () => {
    const milk = world();
    milk.receiveLoose('BER', 5);
    milk.correct('bin', { moves: [{ toBinId: 'A-01', quantity: 5 }] });
    expect(milk.try('SetLotControl', { control: 'required' })).toMatchObject(
      refused('lots_unassigned', { unassigned: 5, byLocation: [{ locationId: 'BER', unassigned: 5 }] }),
    );
    milk.correct('assign', { toLotId: 'A', binId: 'A-01', quantity: 5 });
    milk.do('SetLotControl', { control: 'required' });
    milk.receiveLoose('BER', 20, { connectionId: 'erp', positions: [{ binId: 'A-01', quantity: 20 }] });
    expect(milk.balance()).toEqual({ onHand: 25, reserved: 0, held: 20 });
    expect(milk.reserve('r1', 6)).toMatchObject(refused('insufficient_stock', { available: 5 }));
    const moved = (move: Fields) => milk.correct('bin', { moves: [{ quantity: 5, ...move }] });
    expect(moved({ toBinId: 'B-01' })).toMatchObject(refused('lot_required', { binId: 'B-01', quantity: 5 }));
    expect(moved({ fromBinId: 'A-01', toBinId: 'B-01' })).toMatchObject(refused('lot_required'));
    expect(milk.reserve('r1', 5)).toMatchObject({ kind: 'accepted' });
    moved({ fromBinId: 'A-01', quantity: 2 });
    expect(milk.balance()).toEqual({ onHand: 25, reserved: 5, held: 20 });
    milk.correct('assign', { toLotId: 'C', quantity: 2 });
    expect(milk.correct('assign', { toLotId: 'C', binId: 'A-01', quantity: 19 })).toMatchObject(
      refused('insufficient_unassigned', { requested: 19, available: 18 }),
    );
    milk.correct('assign', { toLotId: 'C', binId: 'A-01', quantity: 18 });
    expect(milk.balance()).toEqual({ onHand: 25, reserved: 5, held: 0 });
    expect(milk.lots()).toEqual({ A: 5, C: 20 });
  });

  it('L6: units without a lot are neither sold nor moved where lots are required, and may be taken off', () => {
    const milk = world();
    milk.receive('BER', { A: [1] });
    milk.do('SetLotControl', { control: 'required' });
    milk.record([{ binId: 'A-01', quantity: 4 }]);
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 0, held: 4 });
    const route = { fromLocationId: 'BER', toLocationId: 'HAM', quantity: 1, reference: 'x' };
    expect(milk.try('MoveStock', { ...route, positions: [{ binId: 'A-01', quantity: 1 }] })).toMatchObject(refused('insufficient_in_bin'));
    const change = { locationId: 'BER', effectiveAt: noon, reasonCode: 'found' };
    expect(milk.try('AdjustStock', { ...change, binId: 'A-01', delta: 1 })).toMatchObject(refused('lot_required', { quantity: 1 }));
    milk.reserve('r1', 1);
    milk.commit('r1');
    expect(milk.lots()).toEqual({});
    milk.do('AdjustStock', { ...change, reasonCode: 'damage', delta: -4 });
    expect(milk.balance()).toEqual({ onHand: 0, reserved: 0, held: 0 });
  });

  it('L6: where lots are required and none lie, no more is taken off than lies there, unless it is a fact', () => {
    const milk = world();
    milk.receive('HAM', { A: [1] });
    milk.do('SetLotControl', { control: 'required' });
    milk.receiveLoose('BER', 3, { connectionId: 'erp' });
    const change = { locationId: 'BER', effectiveAt: noon, reasonCode: 'damage', delta: -5 };
    const short = { requested: 5, available: 3, byLocation: [{ locationId: 'BER', available: 3 }] };
    expect(milk.try('AdjustStock', change)).toMatchObject(refused('insufficient_stock', short));
    milk.do('AdjustStock', { ...change, delta: -3 });
    expect(milk.try('AdjustStock', { ...change, delta: -1 })).toMatchObject(refused('insufficient_stock', { available: 0 }));
    milk.do('AdjustStock', { ...change, delta: -1, mayUncoverPromises: true });
    expect(milk.balance()).toEqual({ onHand: -1, reserved: 0, held: 0 });
  });

  it('moves unassigned units into a bin, and from bin to bin', () => {
    const milk = world();
    milk.receiveLoose('BER', 10);
    milk.correct('bin', { moves: [{ toBinId: 'A-01', quantity: 6 }] });
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 0, held: 0 });
    expect(milk.lots()).toEqual({ '-': 4 });
    expect(milk.correct('bin', { moves: [{ toBinId: 'A-01', quantity: 5 }] })).toMatchObject(
      refused('insufficient_unassigned', { requested: 5, available: 4 }),
    );
    expect(milk.correct('bin', { moves: [{ fromBinId: 'A-01', toBinId: 'A-02', quantity: 7 }] })).toMatchObject(
      refused('insufficient_in_bin', { requested: 7, available: 6, binId: 'A-01' }),
    );
    milk.correct('bin', { moves: [{ fromBinId: 'A-01', toBinId: 'Q-01', quantity: 2, sellable: false }] });
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 0, held: 2 });
  });
});
