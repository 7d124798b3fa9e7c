import { amazonRig, type AmazonRig } from '../../../test/amazon-rig.js';
import { contractFile } from '../../specifications/contracts-folder.js';

let rig: AmazonRig;
beforeEach(async () => {
  rig = await amazonRig({ limits: 'none' });
});
afterEach(() => rig.amazon.close());

const START = '2026-07-01T12:00:00.000Z';
const orders = '/orders/2026-01-01/orders';
const ids = (body: Readonly<Record<string, unknown>>) => (body['orders'] as readonly { orderId: string }[]).map(({ orderId }) => orderId);

describe('a search of orders', () => {
  it('shows an order two minutes after its change', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    const id = rig.amazon.sell([{ listingId: 'A', quantity: 2 }]);
    expect(rig.quantity('A')).toBe(3);
    rig.clock.forward(119_999);
    expect(ids((await rig.call('GET', `${orders}?lastUpdatedAfter=${START}`)).body)).toEqual([]);
    rig.clock.forward(1);
    const { body } = await rig.call('GET', `${orders}?lastUpdatedAfter=${START}&includedData=FULFILLMENT`);
    expect(body).toMatchObject({
      orders: [
        {
          orderId: id,
          fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
          orderItems: [{ quantityOrdered: 2, product: { sellerSku: 'A' } }],
        },
      ],
      lastUpdatedBefore: START,
    });
  });

  it('shows a cancelled order again, its units back in the figure', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    const id = rig.amazon.sell([{ listingId: 'A', quantity: 2 }]);
    rig.clock.forward(600_000);
    rig.amazon.cancel(id);
    rig.amazon.cancel(id);
    expect(rig.quantity('A')).toBe(5);
    rig.clock.forward(120_000);
    const { body } = await rig.call('GET', `${orders}?lastUpdatedAfter=2026-07-01T12:05:00Z&fulfillmentStatuses=CANCELLED`);
    expect(ids(body)).toEqual([id]);
    expect((await rig.call('GET', `${orders}/${id}?includedData=CANCELLATION`)).body).toMatchObject({
      order: { orderItems: [{ cancellation: { cancellationExecution: {} } }] },
    });
  });

  it('gives pages and refuses two kinds of time and a time too near', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    const sold = Array.from({ length: 3 }, () => {
      rig.clock.forward(1_000);
      return rig.amazon.sell([{ listingId: 'A', quantity: 1 }]);
    });
    rig.clock.forward(120_000);
    const first = (await rig.call('GET', `${orders}?createdAfter=${START}&maxResultsPerPage=2`)).body;
    const { nextToken } = first['pagination'] as { nextToken: string };
    const second = (await rig.call('GET', `${orders}?createdAfter=${START}&maxResultsPerPage=2&paginationToken=${nextToken}`)).body;
    expect([...ids(first), ...ids(second)]).toEqual(sold);
    expect((await rig.call('GET', `${orders}?createdAfter=${START}&lastUpdatedAfter=${START}`)).status).toBe(400);
    expect((await rig.call('GET', `${orders}?lastUpdatedAfter=${START}&lastUpdatedBefore=2026-07-01T12:02:00Z`)).status).toBe(400);
    expect((await rig.call('GET', `${orders}?createdAfter=${START}&maxResultsPerPage=101`)).status).toBe(400);
  });
});

describe('stock in Amazon’s warehouses', () => {
  const summaries = (query: string) =>
    rig.call(
      'GET',
      `/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId=A1PA6795UKMFR9&marketplaceIds=A1PA6795UKMFR9${query}`,
    );

  it('is read with its details, and not where the merchant sends', async () => {
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 9 }]);
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    rig.amazon.sell([{ listingId: 'F', quantity: 2 }]);
    expect((await summaries('&details=true')).body).toMatchObject({
      payload: { inventorySummaries: [{ sellerSku: 'F', inventoryDetails: { fulfillableQuantity: 7 } }] },
    });
  });

  it('comes in pages whose token lives for thirty seconds', async () => {
    rig.amazon.addFbaListings(Array.from({ length: 51 }, (_, index) => ({ sku: `F${String(index)}`, quantity: 1 })));
    const { nextToken } = (await summaries('')).body['pagination'] as { nextToken: string };
    expect((await summaries(`&nextToken=${nextToken}`)).body).toMatchObject({ payload: { inventorySummaries: [{ sellerSku: 'F9' }] } });
    rig.clock.forward(30_000);
    expect((await summaries(`&nextToken=${nextToken}`)).status).toBe(400);
  });

  it('is asked for up to fifty SKUs of one marketplace', async () => {
    const skus = Array.from({ length: 51 }, (_, index) => `F${String(index)}`).join(',');
    expect((await summaries(`&sellerSkus=${skus}`)).status).toBe(400);
    expect((await rig.call('GET', '/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId=X')).status).toBe(400);
  });
});

(contractFile('amazon-sp-api', 'orders_2026-01-01.json') === undefined ? it.skip : it)(
  'orders and stock of Amazon’s warehouses hold against Amazon’s models',
  async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 9 }]);
    const id = rig.amazon.sell([{ listingId: 'A', quantity: 1 }]);
    rig.amazon.cancel(id);
    rig.clock.forward(120_000);
    await rig.call('GET', `${orders}?lastUpdatedAfter=${START}&includedData=FULFILLMENT,CANCELLATION`);
    await rig.call('GET', `${orders}/${id}`);
    await rig.call('GET', `${orders}/none`);
    await rig.call(
      'GET',
      '/fba/inventory/v1/summaries?details=true&granularityType=Marketplace&granularityId=A1PA6795UKMFR9&marketplaceIds=A1PA6795UKMFR9',
    );
    expect(rig.amazon.log.violations).toEqual([]);
  },
);
