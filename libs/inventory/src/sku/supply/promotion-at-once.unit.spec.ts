import { mayWait, waits } from '../../../test/back-orders.js';
import { commit, declareInbound, place, release } from '../../../test/commands.js';
import { committed, declared, expired, placed, promoted, received, released } from '../../../test/events.js';
import { fold, type Past } from '../../../test/given.js';
import { hour, morning, noon } from '../../../test/times.js';
import { decideSku, skuLimits, type SkuCommand, type SkuEvent } from '../../index.js';

const most = skuLimits.PROMOTED_AT_ONCE;

/** So many wait for a unit each, in Berlin or anywhere; `h` holds so many units there until noon. */
const line = (waiters: number, units: number, ...last: readonly SkuEvent[]): readonly SkuEvent[] => [
  received('BER', units),
  placed('h', { BER: units }),
  mayWait(2 * most),
  declared('po-1', 2 * most),
  declared('po-2', most, { locationId: 'HAM' }),
  ...Array.from({ length: waiters }, (_, index) => waits(`r${String(index)}`, 1)),
  ...last,
];
const firstOnes = Array.from({ length: most }, (_, index) => `r${String(index)}`);

// Of so many, the invariants are looked at elsewhere: that takes too long for an example.
const decided = (past: readonly Past[], command: SkuCommand) => decideSku(fold(past), command);
/** Who was served, in turn, and what else happened; or why it was refused. */
const outcome = (past: readonly Past[], command: SkuCommand) => {
  const decision = decided(past, command);
  if (decision.kind === 'refused') return decision;
  const served = decision.events.flatMap((event) => (event.type === 'ReservationPromoted' ? [event.reservationId] : []));
  return { served, others: decision.events.filter(({ type }) => type !== 'ReservationPromoted') };
};

describe('where more wait than one decision serves', () => {
  it.each([most, most + 1, most + 2])('it serves the first ones, of %d free units as of fewer', (units) => {
    expect(outcome(line(most + 1, units), release('h'))).toEqual({ served: firstOnes, others: [released('h', { BER: units })] });
  });

  it('those after them stay as they are, even whose time is over', () => {
    const late = waits('late', 1, { takes: placed('late', { HAM: 1 }).takes, expiresAt: morning });
    const others = [released('h', { BER: most + 1 })];
    expect(outcome([received('HAM', 1), ...line(most, most + 1, late)], release('h'))).toEqual({ served: firstOnes, others });
  });

  it('whoever comes then gets nothing while the others have a use for all', () => {
    const none = { code: 'insufficient_stock', details: { available: 0 } };
    expect(outcome(line(most + 1, most + 1), place('new', { at: noon }))).toMatchObject(none);
  });

  it('whoever comes then gets no more than what the whole line leaves', () => {
    const one = { code: 'insufficient_stock', details: { available: 1 } };
    expect(outcome(line(most + 1, most + 2), place('new', { quantity: 2, at: noon }))).toMatchObject(one);
  });

  it('whoever comes then gets what the whole line leaves', () => {
    const others = [expired('h', { BER: most + 2 }), placed('new', { BER: 1 }, { expiresAt: noon + 2 * hour })];
    expect(outcome(line(most + 1, most + 2), place('new', { at: noon }))).toEqual({ served: firstOnes, others });
  });

  it('whoever comes then gets what none of the others may have', () => {
    const others = [expired('h', { BER: most + 1 }), placed('new', { BER: 1 }, { expiresAt: noon + 2 * hour })];
    const choosy = waits('choosy', 1, { locationIds: ['HAM'] });
    expect(outcome(line(most, most + 1, choosy), place('new', { at: noon }))).toEqual({ served: firstOnes, others });
  });
});

describe('those whom the last decision left over', () => {
  const accepted = (...events: readonly SkuEvent[]) => ({ kind: 'accepted', events });
  const pair = waits('pair', 2);
  const last = waits('last', 1);
  /** Two units were free for `pair`, with which that decision had served enough; one lies there for the last. */
  const past = [...line(0, 3), pair, last, released('h', { BER: 3 }), promoted('pair', { BER: 2 })];

  it('are served by the next commit of a whole reservation', () => {
    expect(decided(past, commit('pair'))).toStrictEqual(accepted(committed('pair', { BER: 2 }), promoted('last', { BER: 1 })));
  });

  it('are served by nothing that frees no units and ends no reservation', () => {
    expect(decided(past, commit('pair', { quantity: 1 }))).toStrictEqual(accepted(committed('pair', { BER: 1 }, { openUnits: 1 })));
    const more = declareInbound('po-3', 4);
    const announced = declared('po-3', 4, { commandId: more.commandId });
    expect(decided(past, more)).toStrictEqual(accepted(announced));
    expect(decided([...past, announced], more)).toStrictEqual(accepted());
  });
});
