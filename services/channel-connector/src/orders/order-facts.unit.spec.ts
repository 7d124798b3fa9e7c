import { lineStatus, orderStatus } from './line-status.js';
import { merged, noFacts, OrderTooLarge, type OrderEvent } from './order-facts.js';
import { tallies, type LineTally } from './tally.js';

const order = (quantity: number, lineId = 'L1'): OrderEvent => ({
  kind: 'order',
  orderId: 'O1',
  at: 1_000,
  lines: [{ lineId, listingId: `listing ${lineId}`, quantity, remoteId: null }],
});
const cancel = (quantity: number | null, cancelId = 'c1', at = 2_000): OrderEvent => ({
  kind: 'cancel',
  orderId: 'O1',
  cancelId,
  at,
  lines: quantity === null ? null : [{ lineId: 'L1', quantity }],
});
const refund = (quantity: number, restock: boolean, refundId = 'r1', at = 3_000): OrderEvent => ({
  kind: 'refund',
  orderId: 'O1',
  refundId,
  at,
  lines: [{ lineId: 'L1', quantity, restock }],
});
const after = (...events: readonly OrderEvent[]): Partial<LineTally> | undefined => {
  const line = tallies(events.reduce(merged, noFacts))[0];
  return line && { sold: line.sold, cancelled: line.cancelled, restocked: line.restocked, lost: line.lost };
};

describe('the units of an order', () => {
  it('are sold', () => expect(after(order(3))).toEqual({ sold: 3, cancelled: 0, restocked: 0, lost: 0 }));

  it('come back once, however often a message comes', () =>
    expect(after(order(3), refund(1, true), refund(1, true))).toEqual({ sold: 2, cancelled: 0, restocked: 1, lost: 0 }));

  it('come back once where two refunds are of the same units', () =>
    expect(after(order(2), refund(2, true, 'r1'), refund(2, true, 'r2', 4_000))).toEqual({ sold: 0, cancelled: 0, restocked: 2, lost: 0 }));

  it('do not come back where they are not restocked, nor by a cancellation later', () =>
    expect(after(order(2), refund(1, false), cancel(null, 'c1', 5_000))).toEqual({ sold: 1, cancelled: 1, restocked: 0, lost: 1 }));

  it('are cancelled in all so far, not each time again', () =>
    expect(after(order(5), cancel(1, 'c1'), cancel(3, 'c2', 2_500))).toEqual({ sold: 2, cancelled: 3, restocked: 0, lost: 0 }));

  it('wait for their order', () => {
    expect(after(cancel(null))).toBeUndefined();
    expect(after(cancel(null), order(4))).toEqual({ sold: 0, cancelled: 4, restocked: 0, lost: 0 });
  });

  it('are bounded', () => {
    const lines = Array.from({ length: 2_001 }, (_, index) => ({ lineId: String(index), listingId: 'A', quantity: 1, remoteId: null }));
    expect(() => merged(noFacts, { kind: 'order', orderId: 'O1', at: 1, lines })).toThrow(OrderTooLarge);
  });
});

/** Small and seeded, so that a failure can be run again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('any sequence of any repetition of what was said', () => {
  it.each(Array.from({ length: 300 }, (_, seed) => seed))('ends the same and gives back no more than was sold (seed %i)', (seed) => {
    const source = numbers(seed);
    const below = (most: number): number => Math.floor(source.next().value * most);
    const kinds = [
      () => cancel(below(4) === 0 ? null : below(6), `c${String(below(3))}`, 1_000 + below(5)),
      () => refund(below(5), below(2) === 0, `r${String(below(3))}`, 1_000 + below(5)),
      () => order(below(6), below(3) === 0 ? 'L2' : 'L1'),
    ];
    const events = [order(1 + below(5)), ...Array.from({ length: 6 }, () => kinds[below(3)]?.() ?? order(1))];
    const inOrder = tallies(events.reduce(merged, noFacts));
    const shuffled = [...events, ...events.filter(() => below(2) === 0)]
      .map((event) => ({ event, place: source.next().value }))
      .sort((one, other) => one.place - other.place)
      .map(({ event }) => event);
    const byLine = (lines: readonly LineTally[]): readonly LineTally[] =>
      [...lines].sort((one, other) => (one.lineId < other.lineId ? -1 : 1));
    expect(byLine(tallies(shuffled.reduce(merged, noFacts)))).toEqual(byLine(inOrder));
    for (const { quantity, cancelled, restocked, lost, sold } of inOrder) {
      expect(cancelled + restocked + lost).toBeLessThanOrEqual(quantity);
      expect(sold).toBe(quantity - cancelled - restocked);
      expect(Math.min(cancelled, restocked, lost, sold)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('the status', () => {
  it.each([
    [{ ordered: 2, cancelled: 0, restocked: 0, lost: 0 }, true, 'taken'],
    [{ ordered: 2, cancelled: 0, restocked: 0, lost: 0 }, false, 'uncovered'],
    [{ ordered: 2, cancelled: 2, restocked: 0, lost: 0 }, false, 'cancelled'],
    [{ ordered: 2, cancelled: 0, restocked: 1, lost: 1 }, true, 'refunded'],
    [{ ordered: 2, cancelled: 0, restocked: 1, lost: 0 }, true, 'taken'],
  ] as const)('of %o, covered %s, is %s', (line, isCovered, status) => expect(lineStatus(line, isCovered)).toBe(status));

  it('of an order is what needs most attention', () => {
    expect(orderStatus(['taken', 'uncovered', 'cancelled'])).toBe('uncovered');
    expect(orderStatus(['taken', 'cancelled'])).toBe('taken');
    expect(orderStatus(['refunded', 'cancelled'])).toBe('refunded');
    expect(orderStatus(['cancelled'])).toBe('cancelled');
  });
});
