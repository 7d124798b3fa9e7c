import { LotWorld } from '../../../test/lots.js';
import { checkInvariants, type SkuEvent } from '../../index.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);

/** What happened to two lots, rightly: a recall, a later receipt of the recalled lot, a sale, a transfer, a correction. */
function rightly(): readonly SkuEvent[] {
  const milk = new LotWorld(noon);
  milk.receive('BER', { A: [5, noon + day], B: [9, noon + 9 * day] });
  milk.receiveLoose('HAM', 1);
  milk.reserve('r1', 2);
  milk.commit('r1');
  milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });
  milk.receive('BER', { A: [4] });
  milk.do('ShipTransfer', { transferId: 't1', startedAt: noon, fromLocationId: 'BER', toLocationId: 'HAM', quantity: 3 });
  milk.do('ReceiveTransfer', { transferId: 't1', quantity: 3, receiptId: 'first' });
  milk.correct('split', { fromLotId: 'B', toLotId: 'C', quantity: 2 });
  return milk.events;
}

const rulesOf = (events: readonly SkuEvent[], at = noon): readonly string[] =>
  checkInvariants(events.map((event) => ({ event, at }))).map(({ rule }) => rule);

type Mistake = (event: SkuEvent) => readonly SkuEvent[];
const withPositions =
  (type: SkuEvent['type'], change: (positions: readonly { readonly lotId?: string; readonly delta: number }[]) => unknown): Mistake =>
  (event) =>
    event.type === type && 'positions' in event ? [{ ...event, positions: change(event.positions ?? []) } as SkuEvent] : [event];

describe('the auditor of lots', () => {
  const mistakes: readonly (readonly [string, Mistake, string])[] = [
    ['a lot that is lost in transit', withPositions('TransferReceived', () => []), 'lots_in_transit'],
    [
      'a lot of which more arrives than left',
      withPositions('TransferReceived', (all) => all.map((each) => ({ ...each, delta: 9 }))),
      'lots_in_transit',
    ],
    [
      'a recall that misses a later receipt',
      (event) => {
        if (event.type !== 'StockReceived' || event.quantity !== 4) return [event];
        const { held: _, ...missed } = event;
        return [missed];
      },
      'held_is_holds',
    ],
    [
      'a sale of more than the lot has',
      withPositions('ReservationCommitted', (all) => all.map((each) => ({ ...each, delta: -6 }))),
      'position_not_negative',
    ],
    [
      'a correction that makes units',
      withPositions('PositionsCorrected', (all) => all.filter(({ delta }) => delta > 0)),
      'correction_is_zero_sum',
    ],
    [
      'units of a lot that nobody declared',
      (event) => (event.type === 'LotDeclared' && event.lotId === 'C' ? [] : [event]),
      'lot_is_declared',
    ],
    [
      'a lot that expires before its time',
      (event) =>
        event.type === 'HoldPlaced'
          ? [{ type: 'LotExpired', lotId: 'B', locationIds: ['BER'], because: 'date', uncoveredUnits: 0 }]
          : [event],
      'lot_expired_early',
    ],
  ];

  it('has nothing against what is right', () => {
    expect(rulesOf(rightly())).toEqual([]);
  });

  it.each(mistakes)('names %s', (_, mistake, rule) => {
    expect(rulesOf(rightly().flatMap(mistake))).toContain(rule);
  });

  it('names the sale of a lot that is expired at its time', () => {
    const sold = rightly().slice(0, 6);
    expect(sold.at(-1)?.type).toBe('ReservationPlaced');
    const [sale] = rightly().filter(({ type }) => type === 'ReservationCommitted');
    const later = [...sold.map((event) => ({ event, at: noon })), ...(sale === undefined ? [] : [{ event: sale, at: noon + day }])];
    expect(checkInvariants(later).map(({ rule }) => rule)).toContain('held_units_taken');
  });
});

describe('units without a lot in bins, from before they were held where lots are required', () => {
  const switched = (): LotWorld => {
    const milk = new LotWorld(noon);
    milk.receiveLoose('BER', 5);
    milk.correct('bin', { moves: [{ toBinId: 'A-01', quantity: 5 }] });
    milk.happened({ type: 'LotControlSet', commandId: 'control', control: 'required' });
    return milk;
  };

  it('may be missing in the held units until an event contains them', () => {
    const milk = switched();
    expect(milk.reserve('r1', 5)).toMatchObject({ kind: 'accepted' });
    milk.receiveLoose('BER', 2, { connectionId: 'erp' });
    expect(milk.balance()).toEqual({ onHand: 7, reserved: 5, held: 7 });
    const { held: _, ...missed } = { ...milk.events.at(-1), messageId: 'next' } as Extract<SkuEvent, { type: 'StockReceived' }>;
    expect(rulesOf([...milk.events, missed])).toContain('held_is_holds');
  });

  it('may be missing also where units in no bin are held before', () => {
    const milk = switched();
    const receipt = { locationId: 'BER', quantity: 2, delta: 2, effectiveAt: noon, messageId: 'm', connectionId: 'erp' };
    milk.happened({ type: 'StockReceived', ...receipt, acknowledgedUnits: 0, held: [{ locationId: 'BER', delta: 2 }] });
    milk.receiveLoose('BER', 1, { connectionId: 'erp' });
    expect(milk.balance().held).toBe(8);
  });
});
