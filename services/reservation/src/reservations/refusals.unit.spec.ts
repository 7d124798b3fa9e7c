import { late } from '../orders/placing/late.js';
import { refusedOrder } from './refusals.js';

const short = { sku: 'B', requested: 2, available: 1 };

describe('the refusal of an order', () => {
  it('says that the time to live was too short where nothing else was in the way, and names the lines', () =>
    expect(refusedOrder([late({ sku: 'A', quantity: 3 })])).toMatchObject({
      status: 409,
      code: 'ttl_too_short',
      details: [{ sku: 'A', requested: 3 }],
    }));

  it('names what was short and not what came too late', () =>
    expect(refusedOrder([late({ sku: 'A', quantity: 3 }), short])).toMatchObject({
      status: 409,
      code: 'insufficient_stock',
      details: [expect.objectContaining({ sku: 'B' })],
    }));
});
