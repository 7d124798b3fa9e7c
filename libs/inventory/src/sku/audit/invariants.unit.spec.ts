import { checkInvariants, SkuAuditor, type SkuEvent } from '../../index.js';
import {
  adjusted,
  arrived,
  committed,
  declared,
  expired,
  extended,
  placed,
  promoted,
  received,
  released,
  reversed,
  shipped,
} from '../../../test/events.js';

const rules = (...events: readonly SkuEvent[]): readonly string[] => [
  ...new Set(checkInvariants(events.map((event) => ({ event, at: 0 }))).map(({ rule }) => rule)),
];

const stock = received('BER', 5);
const waits = (reservationId: string, quantity: number, only: { readonly locationIds?: readonly string[] } = {}): SkuEvent => ({
  ...placed(reservationId, {}),
  waiting: { quantity, expectedAt: 0, ttlMs: 1, ...only },
});

describe('the auditor', () => {
  it('finds nothing in a sound stream', () => {
    expect(rules(stock, placed('r1', { BER: 3 }), committed('r1', { BER: 3 }), shipped('BER', 'HAM', 2), arrived('HAM', 2))).toEqual([]);
  });

  it('finds a promise of what is not there', () => {
    expect(rules(stock, placed('r1', { BER: 6 }))).toContain('promise_uncovered_by_reservation');
  });

  it('finds a second end', () => {
    expect(rules(stock, placed('r1', { BER: 3 }), released('r1', { BER: 3 }), expired('r1', { BER: 3 }))).toContain('one_terminal_state');
    expect(rules(stock, placed('r1', { BER: 3 }), released('r1', { BER: 3 }), extended('r1', 9))).toContain('one_terminal_state');
  });

  it('finds an end that leaves units held', () => {
    expect(rules(stock, placed('r1', { BER: 3 }), released('r1', { BER: 2 }))).toContain('one_terminal_state');
  });

  it('finds what was never placed, and what was placed twice', () => {
    expect(rules(stock, released('r1', { BER: 3 }))).toContain('one_terminal_state');
    expect(rules(stock, placed('r1', { BER: 1 }), placed('r1', { BER: 1 }))).toContain('one_terminal_state');
  });

  it('finds a commit taken back twice', () => {
    const undone = [stock, placed('r1', { BER: 1 }), committed('r1', { BER: 1 }), reversed('r1', { BER: 1 })];
    expect(rules(...undone)).toEqual([]);
    expect(rules(...undone, reversed('r1', { BER: 1 }))).toContain('one_terminal_state');
  });

  it('finds more given than was held', () => {
    expect(rules(stock, placed('r1', { BER: 1 }), committed('r1', { BER: 2 }))).toEqual(
      expect.arrayContaining(['one_terminal_state', 'reserved_not_negative']),
    );
  });

  it('finds more received than was shipped', () => {
    expect(rules(stock, shipped('BER', 'HAM', 2), arrived('HAM', 3))).toContain('in_transit_not_negative');
  });

  it('finds a state that is not the sum of its events', () => {
    const auditor = new SkuAuditor();
    auditor.observe(stock, 0);
    const balance = auditor.state.balances.get('BER');
    if (balance !== undefined) balance.onHand += 1;
    expect(auditor.audit()).toEqual([{ rule: 'conservation', message: 'on hand at BER is 6 where the events add up to 5' }]);
  });

  it('finds a journal that does not explain on hand', () => {
    const auditor = new SkuAuditor();
    auditor.observe(stock, 0);
    auditor.state.journals.clear();
    expect(auditor.audit().map(({ rule }) => rule)).toEqual(['journal_explains_on_hand']);
  });

  it('finds who waits for what does not come, and who waits for what others were promised', () => {
    expect(rules(stock, waits('r1', 1))).toContain('waiting_for_nothing');
    expect(rules(stock, declared('po-1', 3), waits('r1', 2), waits('r2', 1))).toEqual([]);
    expect(rules(stock, declared('po-1', 3), waits('r1', 2), waits('r2', 2))).toContain('waiting_for_nothing');
    const gone = { type: 'InboundCancelled', commandId: 'c', reference: 'po-1' } as const;
    expect(rules(stock, declared('po-1', 3), gone, waits('r1', 1))).toContain('waiting_for_nothing');
    const arrivedThere = received('BER', 3, { inbound: [{ reference: 'po-1', quantity: 3 }] });
    expect(rules(declared('po-1', 3), arrivedThere, waits('r1', 1))).toContain('waiting_for_nothing');
    const inHamburg = waits('r1', 1, { locationIds: ['HAM'] });
    expect(rules(stock, declared('po-1', 3), inHamburg)).toContain('waiting_for_nothing');
  });

  it('finds who passes the line', () => {
    const line = [declared('po-1', 9), waits('r1', 2), waits('r2', 2), received('BER', 5)];
    expect(rules(...line, promoted('r1', { BER: 2 }), promoted('r2', { BER: 2 }), placed('r3', { BER: 1 }))).toEqual([]);
    expect(rules(...line, promoted('r2', { BER: 2 }))).toContain('line_passed');
    expect(rules(...line, placed('r3', { BER: 1 }))).toContain('line_passed');
    expect(rules(...line, shipped('BER', 'HAM', 1))).toContain('line_passed');
    expect(rules(...line, promoted('r1', { BER: 3 }))).toContain('line_passed');
    expect(rules(...line, promoted('r9', { BER: 1 }))).toContain('line_passed');
    const choosy = waits('r1', 1, { locationIds: ['HAM'] });
    const elsewhere = [declared('po-1', 9, { locationId: 'HAM' }), choosy, received('BER', 5)];
    expect(rules(...elsewhere, placed('r3', { BER: 1 }))).toEqual([]);
    expect(rules(...elsewhere, promoted('r1', { BER: 1 }))).toContain('line_passed');
  });

  it('finds a promotion of what is not there', () => {
    expect(rules(declared('po-1', 9), waits('r1', 2), received('BER', 1), promoted('r1', { BER: 2 }))).toContain(
      'promise_uncovered_by_reservation',
    );
  });

  it('finds more of a delivery than was expected, and one that nobody expected', () => {
    const inbound = [{ reference: 'po-1', quantity: 4 }];
    expect(rules(declared('po-1', 4), received('BER', 4, { inbound }))).toEqual([]);
    expect(rules(declared('po-1', 3), received('BER', 4, { inbound }))).toContain('inbound_received');
    expect(rules(received('BER', 4, { inbound }))).toContain('inbound_received');
  });

  it('finds a line that is not what the events leave of it', () => {
    const auditor = new SkuAuditor();
    for (const event of [declared('po-1', 9), waits('r1', 2)]) auditor.observe(event, 0);
    auditor.state.supply?.waiters.clear();
    expect(auditor.audit().map(({ rule }) => rule)).toEqual(['waiting_is_the_line']);
  });

  it('names the place of the event', () => {
    expect(
      checkInvariants([
        { event: stock, at: 0 },
        { event: placed('r1', { BER: 6 }), at: 0 },
      ]).map(({ index }) => index),
    ).toContain(1);
  });

  it('says what is wrong, where, and by how much', () => {
    const all = (...events: readonly SkuEvent[]) =>
      checkInvariants(events.map((event) => ({ event, at: 0 }))).map(({ rule, message, index }) => `${String(index)} ${rule}: ${message}`);
    expect(all(stock, placed('r1', { BER: 6 }))).toEqual([
      '1 promise_uncovered_by_reservation: ReservationPlaced promised units at BER that are not there',
    ]);
    expect(all(stock, shipped('BER', 'HAM', 2), arrived('HAM', 3))).toContain('2 in_transit_not_negative: in transit to HAM is -1');
    expect(all(stock, placed('r1', { BER: 1 }), committed('r1', { BER: 2 }))).toContain('2 reserved_not_negative: reserved at BER is -1');
  });

  it('lets a promise be uncovered from outside, and nobody new be promised what is needed for it', () => {
    const lost = adjusted('BER', -4, { commandId: 'lost' });
    expect(rules(stock, placed('r1', { BER: 3 }), lost)).toEqual([]);
    expect(rules(stock, received('HAM', 3), placed('r1', { BER: 3 }), lost, placed('r2', { HAM: 1 }))).toEqual([]);
    expect(rules(stock, received('HAM', 3), placed('r1', { BER: 3 }), lost, placed('r2', { HAM: 2 }))).toEqual([
      'promise_uncovered_by_reservation',
    ]);
    expect(rules(stock, received('HAM', 1), placed('r1', { BER: 3 }), lost, placed('r2', { HAM: 2 }))).toEqual([
      'promise_uncovered_by_reservation',
    ]);
    expect(rules(stock, placed('r1', { BER: 3 }), lost, released('r1', { BER: 3 }))).toEqual([]);
  });

  it('says of a state by which count it is wrong', () => {
    const auditor = new SkuAuditor();
    for (const event of [stock, placed('r1', { BER: 2 }), shipped('BER', 'HAM', 1)]) auditor.observe(event, 0);
    const balance = auditor.state.balances.get('BER');
    const reservation = auditor.state.reservations.get('r1');
    const transfer = auditor.state.inTransit.get('T1');
    if (balance === undefined || reservation === undefined || transfer === undefined) throw new Error('nothing to spoil');
    balance.reserved = 3;
    reservation.takes = [{ locationId: 'BER', quantity: 1 }];
    transfer.quantity = 4;
    auditor.state.journals.delete('BER');
    expect(auditor.audit().map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'conservation: reserved at BER is 3 where the events add up to 2',
      'reserved_is_open_takes: reserved at BER is 1 where the events add up to 2',
      'journal_explains_on_hand: on hand at BER is 0 where the events add up to 4',
      'conservation: in transit to HAM is 4 where the events add up to 1',
    ]);
  });
});
