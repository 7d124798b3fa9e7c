import { LotWorld, positionsOf } from '../../../test/lots.js';
import { holdViews, skuLimits } from '../../index.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const world = (now = noon): LotWorld => new LotWorld(now);
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });
const available = ({ onHand, reserved, held }: ReturnType<LotWorld['balance']>): number => onHand - reserved - held;

describe('units that leave otherwise than by a sale', () => {
  it('L4: those of an expired lot need no free units', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day], B: [5] });
    milk.reserve('r1', 5);
    milk.now = noon + day;
    milk.expire();
    const before = available(milk.balance());
    const consumed = { locationId: 'BER', delta: -5, effectiveAt: milk.now, reasonCode: 'expired_consumed', lotId: 'A' };
    expect(milk.try('AdjustStock', { ...consumed, lotId: 'B', mustBeExpired: true })).toMatchObject(refused('lot_not_expired'));
    expect(milk.try('AdjustStock', { ...consumed, delta: -6 })).toMatchObject(
      refused('insufficient_lot_stock', { requested: 6, available: 5 }),
    );
    milk.do('AdjustStock', { ...consumed, mustBeExpired: true });
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 5, held: 0 });
    expect(available(milk.balance())).toBe(before);
  });

  it('are of a lot that is named, where there are lots and too few units without one', () => {
    const milk = world();
    milk.receive('BER', { A: [5] });
    milk.receiveLoose('BER', 2);
    const damaged = { locationId: 'BER', effectiveAt: noon, reasonCode: 'damage' };
    milk.do('AdjustStock', { ...damaged, delta: -2 });
    expect(milk.try('AdjustStock', { ...damaged, delta: -1 })).toMatchObject(refused('lot_required', { requested: 1, withoutLot: 0 }));
    expect(milk.try('AdjustStock', { ...damaged, delta: -1, lotId: 'Z' })).toMatchObject(refused('unknown_lot', { lotId: 'Z' }));
    milk.do('AdjustStock', { ...damaged, delta: -1, lotId: 'A' });
    expect(milk.lots()).toEqual({ A: 4 });
  });

  it('that a channel gives back without a lot are unassigned, and held where a lot is required, also in one append with what it takes', () => {
    const milk = world();
    milk.receive('BER', { A: [5] });
    milk.do('SetLotControl', { control: 'required' });
    const back = { locationId: 'BER', delta: 2, effectiveAt: noon, reasonCode: 'channel_return' };
    expect(milk.try('AdjustStock', back)).toMatchObject(refused('lot_required', { quantity: 2 }));
    milk.do('AdjustStock', { ...back, isFact: true });
    expect(milk.lots()).toEqual({ A: 5, '-': 2 });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 0, held: 2 });
    milk.correct('assign', { toLotId: 'A', quantity: 2 });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 0, held: 0 });
    milk.do('AdjustStock', { ...back, delta: -3, isFact: true, mayUncoverPromises: true });
    expect(milk.lots()).toEqual({ A: 7, '-': -3 });
  });

  it('are moved away as expired only where they are: the move is refused as a removal is', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day], B: [5] });
    const moved = { fromLocationId: 'BER', toLocationId: 'BURN', quantity: 5, reference: 'adj_1', mayMoveHeld: true, mustBeExpired: true };
    const of = (lotId: string) => ({ ...moved, positions: [{ lotId, quantity: 5 }] });
    expect(milk.try('MoveStock', of('A'))).toMatchObject(refused('lot_not_expired', { lotId: 'A', locationId: 'BER' }));
    milk.now = noon + day;
    expect(milk.try('MoveStock', of('B'))).toMatchObject(refused('lot_not_expired', { lotId: 'B' }));
    expect(milk.try('MoveStock', of('Z'))).toMatchObject(refused('unknown_lot', { lotId: 'Z' }));
    milk.do('MoveStock', of('A'));
    expect([milk.lots(), milk.balance('BURN')]).toEqual([{ B: 5 }, { onHand: 5, reserved: 0, held: 5 }]);
  });

  it('L7: an issue under the reference of a hold lowers on hand and releases it in one append', () => {
    const milk = world();
    milk.receive('BER', { A: [10] });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', locationId: 'BER', quantity: 4, erpReference: 'M1' });
    milk.do('IssueStock', {
      connectionId: 'erp',
      messageId: 'i1',
      locationId: 'BER',
      quantity: 4,
      effectiveAt: noon,
      documentId: 'M1',
      lotId: 'A',
    });
    expect(milk.balance()).toEqual({ onHand: 6, reserved: 0, held: 0 });
    expect(milk.lots()).toEqual({ A: 6 });
  });
});

describe('lot corrections', () => {
  it('do not take promised units off sale as units of a lot that expired where none of it lay', () => {
    const milk = world();
    milk.receive('BER', { A: [1, noon + day], B: [5] });
    milk.receiveLoose('BER', 2);
    milk.do('AdjustStock', { locationId: 'BER', delta: -1, effectiveAt: noon, reasonCode: 'damage', lotId: 'A' });
    milk.reserve('r1', 6);
    milk.now = noon + day;
    const short = refused('insufficient_stock', { requested: 2, available: 1 });
    expect(milk.correct('reassign', { fromLotId: 'B', toLotId: 'A', quantity: 2 })).toMatchObject(short);
    expect(milk.correct('assign', { toLotId: 'A', quantity: 2 })).toMatchObject(short);
    expect(milk.correct('merge', { fromLotId: 'B', toLotId: 'A', quantity: 1 })).toMatchObject(refused('lot_expired', { lotId: 'A' }));
    milk.correct('reassign', { fromLotId: 'B', toLotId: 'A', quantity: 1 });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 6, held: 1 });
  });

  it('L8: a merge takes the earlier date unless it says otherwise, and a lot on hold does not merge with one that is not', () => {
    const [june, december] = [noon + 40 * day, noon + 220 * day];
    const merged = (expiry?: 'latest'): LotWorld => {
      const milk = world();
      milk.receive('BER', { A: [10, june], B: [10, december] });
      milk.correct('merge', { fromLotId: 'A', toLotId: 'B', ...(expiry === undefined ? {} : { expiry }) });
      expect(milk.lots()).toEqual({ B: 20 });
      return milk;
    };
    expect(merged().state.detail?.lots?.lots.get('B')?.expiresAt.get('BER')).toBe(june);
    expect(merged('latest').state.detail?.lots?.lots.get('B')?.expiresAt.get('BER')).toBe(december);
    const milk = world();
    milk.receive('BER', { A: [10, june], B: [10, december] });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });
    expect(milk.correct('merge', { fromLotId: 'A', toLotId: 'B' })).toMatchObject(refused('lot_held', { lotId: 'A' }));
    milk.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    expect(milk.reserve('r1', 11)).toMatchObject(refused('insufficient_stock', { available: 10 }));
    expect(holdViews(milk.state)).toMatchObject([{ holdId: 'h1', lotId: 'X', quantityHeld: 10 }]);
    expect(milk.try('RenameLot', { lotId: 'A', toLotId: 'B' })).toMatchObject(refused('lot_exists'));
  });

  it('change a date, which makes a lot expired at once or lets it leave again', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day] });
    milk.do('ChangeLotExpiry', { lotId: 'A', expiryDate: '2026-05-01', expiresAt: [{ locationId: 'BER', expiresAt: noon - day }] });
    expect(milk.balance().held).toBe(5);
    milk.do('ChangeLotExpiry', { lotId: 'A', expiryDate: '2026-07-01', expiresAt: [{ locationId: 'BER', expiresAt: noon + 40 * day }] });
    expect(milk.balance().held).toBe(0);
    milk.do('AdjustStock', { locationId: 'BER', delta: -5, effectiveAt: noon, reasonCode: 'destroyed', lotId: 'A' });
    expect(milk.try('ChangeLotExpiry', { lotId: 'A', expiresAt: [] })).toMatchObject(refused('lot_destroyed'));
  });

  it('settle what positions have beyond on hand; assign and reassign what is there', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day], B: [5, noon + 2 * day] });
    expect(milk.correct('settle', {})).toMatchObject(refused('nothing_to_settle'));
    milk.do('ReportLevel', {
      connectionId: 'erp',
      messageId: 'l1',
      locationId: 'BER',
      figure: 4,
      asOf: noon + 1,
      postingLagMs: null,
      at: noon + 1,
    });
    expect(milk.lots()).toEqual({ A: 5, B: 5, '-': -6 });
    milk.correct('settle', {});
    expect(milk.lots()).toEqual({ B: 4 });
    milk.receiveLoose('BER', 3);
    expect(milk.correct('assign', { toLotId: 'C', quantity: 4 })).toMatchObject(refused('insufficient_unassigned', { available: 3 }));
    milk.correct('assign', { toLotId: 'C', quantity: 3 });
    milk.correct('reassign', { fromLotId: 'C', toLotId: 'B', quantity: 1 });
    expect(milk.lots()).toEqual({ B: 5, C: 2 });
    expect(milk.correct('split', { fromLotId: 'C', toLotId: 'B', quantity: 1 })).toMatchObject(refused('lot_exists'));
  });

  it('switch lots to required only where every unit has one', () => {
    const milk = world();
    milk.receiveLoose('BER', 3);
    expect(milk.try('SetLotControl', { control: 'required' })).toMatchObject(refused('lots_unassigned', { unassigned: 3 }));
  });
});

describe('a commit that names lots', () => {
  it('L11: takes them whatever expires first, and says so; a held or expired lot it may not take; the ERP may have issued another', () => {
    const milk = world();
    milk.receive('BER', { L1: [5, noon + 2 * day], L2: [5, noon + day], L3: [5] });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', lotId: 'L3' });
    milk.reserve('r1', 4);
    expect(milk.commit('r1', { lots: [{ lotId: 'L3', quantity: 4 }] })).toMatchObject(refused('lot_held', { lotId: 'L3' }));
    expect(milk.commit('r1', { lots: [{ lotId: 'L9', quantity: 4 }] })).toMatchObject(refused('unknown_lot', { lotId: 'L9' }));
    expect(milk.commit('r1', { lots: [{ lotId: 'L1', quantity: 4 }] })).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'ReservationCommitted', fefoOverridden: true, positions: [{ locationId: 'BER', lotId: 'L1', delta: -4 }] }],
    });
    milk.do('IssueStock', {
      connectionId: 'erp',
      messageId: 'i1',
      locationId: 'BER',
      quantity: 4,
      effectiveAt: noon,
      orderId: 'order of r1',
      lotId: 'L2',
    });
    expect(milk.lots()).toEqual({ L1: 5, L2: 1, L3: 5 });
    expect(milk.balance().onHand).toBe(11);
  });

  it('L12: leaves held lots alone where a person lets units go that an ERP has for a while not counted', () => {
    const milk = world();
    milk.receive('BER', { A: [5], B: [91] });
    milk.reserve('r1', 91);
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });
    milk.do('ReportLevel', {
      connectionId: 'erp',
      messageId: 'l1',
      locationId: 'BER',
      figure: 92,
      asOf: noon + 1,
      postingLagMs: null,
      at: noon + 1,
    });
    expect(milk.commit('r1')).toMatchObject(refused('stock_held', { requested: 91, sellable: 87, held: 5 }));
    milk.commit('r1', { allowUncovered: true });
    expect(milk.balance()).toEqual({ onHand: 1, reserved: 0, held: 5 });
    expect(available(milk.balance())).toBe(-4);
    expect(milk.lots()).toEqual({ A: 5, '-': -4 });
  });
});

describe('what is found in positions', () => {
  it('A2: more than recorded meets unassigned units first, less lowers on hand, a complete record leaves nothing else', () => {
    const recorded = (quantity: number, complete = false): LotWorld => {
      const milk = world();
      milk.receive('BER', { A: [10], B: [5] });
      milk.receiveLoose('BER', 5);
      milk.record(positionsOf({ A: [quantity] }), complete);
      return milk;
    };
    expect(recorded(8).balance().onHand).toBe(18);
    expect(recorded(12).balance().onHand).toBe(20);
    expect(recorded(12).lots()).toEqual({ A: 12, B: 5, '-': 3 });
    expect(recorded(8, true).balance().onHand).toBe(8);
    expect(recorded(8, true).lots()).toEqual({ A: 8 });
  });

  it('C8: a count of a bin meets unassigned units first, and only what they do not explain raises on hand', () => {
    const milk = world();
    milk.receiveLoose('BER', 100);
    const count = (binId: string, quantity: number): void => {
      const { figure: units = 0, dated = [], lastAsOf = null, countedAt = null } = milk.state.journals.get('BER') ?? {};
      const mark = { units: dated.reduce((sum, { delta }) => sum + delta, units), lastAsOf, countedAt };
      const line = { locationId: 'BER', countedAt: noon, counted: quantity, delta: quantity, mark, documentId: 'cc_1', postedBack: false };
      milk.do('ApplyCount', { ...line, reasonCode: 'count', positions: [{ binId, delta: quantity }] });
    };
    count('B1', 40);
    expect(milk.balance().onHand).toBe(100);
    expect(milk.lots()).toEqual({ '-': 60 });
    count('B2', 62);
    expect(milk.balance().onHand).toBe(102);
    expect(milk.lots()).toEqual({});
  });
});

describe('a recall of a lot', () => {
  it('H3: holds what arrives of it later', () => {
    const milk = world();
    milk.receive('BER', { A: [5], B: [5] });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', lotId: 'A' });
    milk.receive('BER', { A: [3] });
    expect(milk.balance().held).toBe(8);
    expect(available(milk.balance())).toBe(5);
  });

  it('H8: holds what was split from it and what is in transit; commits say which lots they took', () => {
    const milk = world();
    milk.receive('BER', { A: [11] });
    milk.receiveLoose('HAM', 1);
    milk.reserve('O1', 3);
    milk.commit('O1');
    milk.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 2 });
    milk.reserve('O2', 1);
    milk.commit('O2', { lots: [{ lotId: 'A2', quantity: 1 }] });
    milk.do('ShipTransfer', {
      transferId: 't1',
      startedAt: noon,
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      quantity: 5,
      positions: [{ lotId: 'A', quantity: 5 }],
    });
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });
    expect(milk.balance()).toMatchObject({ onHand: 2, held: 2 });
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 5, receiptId: 'first' });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 6, held: 5 });
    const taken = milk.events.flatMap((event) => (event.type === 'ReservationCommitted' ? (event.positions ?? []) : []));
    expect(taken).toMatchObject([
      { lotId: 'A', delta: -3 },
      { lotId: 'A2', delta: -1 },
    ]);
  });
});

describe('units in transit', () => {
  it('keep their lots there and back, and are expired where they arrive too late', () => {
    const milk = world();
    milk.receive('BER', { A: [5, noon + day], B: [5, noon + 9 * day] });
    milk.receiveLoose('HAM', 1);
    const ship = { startedAt: noon, fromLocationId: 'BER', toLocationId: 'HAM' };
    milk.do('ShipTransfer', { ...ship, transferId: 't1', quantity: 7 });
    expect(milk.state.inTransit.get('t1')?.lots).toEqual([
      { lotId: 'A', quantity: 5 },
      { lotId: 'B', quantity: 2 },
    ]);
    milk.now = noon + day;
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 6, receiptId: 'first' });
    expect(milk.lots('HAM')).toEqual({ A: 5, B: 1, '-': 1 });
    expect(milk.balance('HAM')).toMatchObject({ onHand: 7, held: 5 });
    milk.do('ReturnTransfer', { transferId: 't1', fromLocationId: 'BER', toLocationId: 'HAM' });
    expect(milk.lots()).toEqual({ B: 4 });
  });
});

describe('bounds', () => {
  it('of lots with stock and of emptied lots', () => {
    const milk = world();
    const many = Object.fromEntries(Array.from({ length: skuLimits.MAX_LOTS_PER_SKU }, (_, index) => [`L${String(index)}`, [1] as const]));
    milk.receive('BER', many);
    expect(
      milk.try('ReceiveStock', {
        locationId: 'BER',
        quantity: 1,
        effectiveAt: noon,
        messageId: 'm',
        positions: [{ lotId: 'one more', quantity: 1 }],
      }),
    ).toMatchObject(refused('too_many_lots', { most: 2_000 }));
    milk.record([{ lotId: 'L0', quantity: 1 }], true);
    expect(milk.state.detail?.lots?.lots.size).toBe(1 + skuLimits.EMPTIED_LOTS_KEPT);
  });
});
