import { WalmartSettings } from '../settings.js';
import { eventsOfOrder, eventsOfReturn } from './orders.js';

const now = Date.parse('2026-11-20T10:00:00Z');

describe('reading orders and returns of Walmart', () => {
  const status = (name: string, amount: string) => ({ status: name, statusQuantity: { amount } });
  const order = (statuses: readonly object[]) => ({
    purchaseOrderId: 'P',
    orderDate: now,
    orderLines: {
      orderLine: [
        { lineNumber: '1', item: { sku: 'A' }, orderLineQuantity: { amount: '3' }, orderLineStatuses: { orderLineStatus: statuses } },
      ],
    },
  });

  it('counts cancelled units of a line that is otherwise sent, and names each state of them differently', () => {
    const one = eventsOfOrder(order([status('Shipped', '2'), status('Cancelled', '1')]))[1];
    const two = eventsOfOrder(order([status('Shipped', '1'), status('Cancelled', '2')]))[1];
    expect(one).toMatchObject({ kind: 'cancel', lines: [{ lineId: '1', quantity: 1 }] });
    expect(one?.kind === 'cancel' && two?.kind === 'cancel' && one.cancelId !== two.cancelId).toBe(true);
  });

  const returned = (line: object) => ({
    returnOrderId: 'R',
    returnOrderLines: [
      { returnOrderLineNumber: 1, purchaseOrderId: 'P', purchaseOrderLineNumber: 1, quantity: { measurementValue: 2 }, ...line },
    ],
  });

  it('waits for a return that is on its way', () => {
    const line = { returnExpectedFlag: true, refundedQty: 2, currentDeliveryStatus: 'IN_TRANSIT' };
    expect(eventsOfReturn(returned(line), new WalmartSettings())).toEqual([]);
    expect(eventsOfReturn(returned({ ...line, currentDeliveryStatus: 'DELIVERED' }), new WalmartSettings())).toMatchObject([
      { lines: [{ quantity: 2, restock: true }] },
    ]);
  });

  it('leaves delivered units out of sale where the merchant wants that', () => {
    const line = { returnExpectedFlag: true, currentDeliveryStatus: 'DELIVERED' };
    const settings = Object.assign(new WalmartSettings(), { restockReturns: false });
    expect(eventsOfReturn(returned(line), settings)).toMatchObject([{ lines: [{ quantity: 2, restock: false }] }]);
  });

  it.each([null, {}, { purchaseOrderId: 'P' }])('reads nothing from %p', (given) => {
    expect(eventsOfOrder(given)).toEqual([]);
    expect(eventsOfReturn(given, new WalmartSettings())).toEqual([]);
  });
});
