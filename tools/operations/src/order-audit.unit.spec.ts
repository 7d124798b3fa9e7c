import type { OrderEvent, SkuEvent } from '@holdfast/inventory';
import { OrderAudit } from './order-audit.js';

const AT = 1_000;
const STREAM = 'order-acme.ro_1';
const take = (quantity: number): { locationId: string; quantity: number; because: string }[] => [
  { locationId: 'MAIN', quantity, because: 'x' },
];
const started: OrderEvent = {
  type: 'OrderStarted',
  reservationId: 'ro_1',
  orderId: 'o1',
  lines: [{ sku: 'A', quantity: 2 }],
  ttlMs: 1,
  expiresAt: 1,
  partial: false,
  requestHash: 'h',
};
const held: OrderEvent = { type: 'OrderHeld', expiresAt: 1, lines: [{ sku: 'A', requested: 2, takes: take(2) }] };
const committed = (quantity: number, openUnits = 0): OrderEvent => ({
  type: 'OrderCommitted',
  commitId: 'c1',
  lines: [{ sku: 'A', takes: take(quantity) }],
  openUnits,
});
const placed: SkuEvent = {
  type: 'ReservationPlaced',
  reservationId: 'ro_1',
  orderId: 'o1',
  takes: take(2),
  expiresAt: 1,
  requestHash: 'h',
  requested: 2,
};
const skuCommitted = (quantity: number): SkuEvent => ({
  type: 'ReservationCommitted',
  reservationId: 'ro_1',
  commitId: 'c1',
  orderId: 'o1',
  takes: take(quantity),
  alreadyIssued: [],
  openUnits: 2 - quantity,
});

/** What the audit finds in a story that is over. */
const rulesOf = (...story: readonly (OrderEvent | SkuEvent)[]): readonly string[] => rulesBefore(AT + 1, ...story);

function rulesBefore(heldBefore: number, ...story: readonly (OrderEvent | SkuEvent)[]): readonly string[] {
  const audit = new OrderAudit();
  const found = story.flatMap((event) =>
    event.type.startsWith('Order')
      ? audit.observeOrder(STREAM, 'acme', event as OrderEvent, AT)
      : (audit.observeSku('acme', 'A', event as SkuEvent, AT), []),
  );
  return [...found, ...audit.audit(heldBefore)].map(({ rule }) => rule);
}

describe('the audit of orders', () => {
  it('finds nothing in a sound order', () => expect(rulesOf(started, placed, held, skuCommitted(2), committed(2))).toEqual([]));
  it('leaves an order on its way alone', () => expect(rulesOf(started, placed)).toEqual([]));
  it('finds a second end', () =>
    expect(rulesOf(started, placed, held, skuCommitted(2), committed(2), { type: 'OrderReleased' })).toEqual(['one_terminal_state']));
  it('finds units held for an order that has ended', () =>
    expect(rulesOf(started, placed, held, { type: 'OrderReleased' })).toEqual(['ended_order_holds_nothing']));
  it('finds units held for an order that never was', () => expect(rulesOf(placed)).toEqual(['ended_order_holds_nothing']));
  it('leaves units to the watch that were taken just now, or whose order has just ended', () => {
    expect(rulesBefore(AT, placed)).toEqual([]);
    expect(rulesBefore(AT, started, placed, held, { type: 'OrderReleased' })).toEqual([]);
  });
  it('finds an order that says it committed what its SKU did not', () =>
    expect(rulesOf(started, placed, held, committed(2))).toEqual(['ended_order_holds_nothing', 'order_commits_are_sku_commits']));
  it('finds an order that committed more than it held', () =>
    expect(rulesOf(started, placed, held, skuCommitted(2), committed(3, 1))).toContain('committed_was_held'));
});
