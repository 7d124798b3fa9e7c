import { checkInvariants, SkuAuditor, type SkuEvent } from '../index.js';
import { arrived, committed, expired, extended, placed, received, released, reversed, shipped } from '../../test/events.js';

const rules = (...events: readonly SkuEvent[]): readonly string[] => [
  ...new Set(checkInvariants(events.map((event) => ({ event, at: 0 }))).map(({ rule }) => rule)),
];

const stock = received('BER', 5);

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

  it('names the place of the event', () => {
    expect(
      checkInvariants([
        { event: stock, at: 0 },
        { event: placed('r1', { BER: 6 }), at: 0 },
      ]).map(({ index }) => index),
    ).toContain(1);
  });
});
