import { merged, noFacts, type OrderEvent } from '../../../orders/order-facts.js';
import { tallies } from '../../../orders/tally.js';
import { eventsOfOrder } from './orders.js';
import { isRevisedTooOften, isZeroRefused, outcomeOf } from '../writing/outcomes.js';
import { EbaySettings } from '../settings.js';

const settings = new EbaySettings();
const line = (more: object) => ({ lineItemId: '1', sku: 'A', quantity: 3, lineItemCost: { value: '29.97' }, ...more });
const order = (lineItem: object, more: object = {}) => ({
  orderId: '18-1',
  creationDate: '2026-11-20T10:00:00Z',
  lineItems: [lineItem],
  ...more,
});
const refund = (value: string) => ({ refundId: 'r', refundDate: '2026-11-21T10:00:00Z', amount: { value } });

describe('reading an order of eBay', () => {
  it('gives no units back for a part of a price', () => {
    expect(eventsOfOrder(order(line({ refunds: [refund('5.00')] })), settings).map(({ kind }) => kind)).toEqual(['order']);
    expect(eventsOfOrder(order(line({ refunds: [refund('19.98')] })), settings)[1]).toMatchObject({
      lines: [{ lineId: '1', quantity: 2 }],
    });
  });

  it('takes no refund beside a cancellation, which gives all units back', () => {
    const cancelled = order(line({ refunds: [refund('29.97')] }), { cancelStatus: { cancelState: 'CANCELED' } });
    expect(eventsOfOrder(cancelled, settings).map(({ kind }) => kind)).toEqual(['order', 'cancel']);
  });

  it('gives all units back once cancelled, though the refund of the cancelling was told before', () => {
    const refunded = order(line({ refunds: [refund('29.97')] }));
    const cancelled = { ...refunded, lastModifiedDate: '2026-11-22T10:00:00Z', cancelStatus: { cancelState: 'CANCELED' } };
    const events = [refunded, cancelled].flatMap((one) => eventsOfOrder(one, settings)) as OrderEvent[];
    expect(tallies(events.reduce(merged, noFacts))).toMatchObject([{ cancelled: 3, lost: 0, sold: 0 }]);
  });

  it('names a listing without a SKU by its number', () => {
    expect(eventsOfOrder(order({ lineItemId: '1', legacyItemId: '110', quantity: 1 }), settings)).toMatchObject([
      { lines: [{ listingId: '110' }] },
    ]);
  });

  it.each([null, 'order', {}, { orderId: '1' }])('reads nothing from %p', (given) => {
    expect(eventsOfOrder(given, settings)).toEqual([]);
  });
});

describe('what an error of eBay means', () => {
  const error = (id: number, category = 'REQUEST', says = 'no') => ({ id, category, says });
  const now = Date.parse('2026-11-20T10:00:00Z');

  it.each([
    [error(25001, 'APPLICATION'), 'rejected_retryable'],
    [error(25025, 'APPLICATION'), 'rejected_retryable'],
    [error(0, 'SYSTEM'), 'rejected_retryable'],
    [error(25038), 'rejected_retryable'],
    [error(25759), 'rejected_permanent'],
    [error(25002), 'rejected_permanent'],
  ])('%p is %s', (given, kind) => {
    expect(outcomeOf(given, settings, now).kind).toBe(kind);
  });

  it('a revision too many waits for the next day in California', () => {
    const says = 'You have exceeded the limit: the item was revised 250 times today.';
    expect(isRevisedTooOften(error(25002, 'REQUEST', says))).toBe(true);
    expect(outcomeOf(error(25002, 'REQUEST', says), settings, now)).toMatchObject({
      code: 'daily_revisions',
      retryAfterMs: 22 * 3_600_000,
    });
    expect(isRevisedTooOften(error(25002, 'REQUEST', 'The item cannot be revised because it has ended.'))).toBe(false);
  });

  it('a zero that is refused is told by number and words', () => {
    expect(isZeroRefused(error(25004, 'REQUEST', 'invalid quantity'))).toBe(true);
    expect(isZeroRefused(error(25709, 'REQUEST', 'Invalid value for price.'))).toBe(false);
  });
});
