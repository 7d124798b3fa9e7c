import { StoppedClock } from '../../test/stopped-clock.js';
import { WalmartCalls } from '../../test/walmart-calls.js';
import type { WalmartOptions } from './options.js';
import { startWalmartSimulator, type WalmartSimulator } from './walmart-simulator.js';

const FIRST = '10000001';
const SECOND = '10000002';

let clock: StoppedClock;
let walmart: WalmartSimulator;
let calls: WalmartCalls;
const started = async (options: WalmartOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  walmart = await startWalmartSimulator({ clock, ...options });
  calls = new WalmartCalls(walmart);
  walmart.addListings([
    { sku: 'A/1', quantity: 5 },
    { sku: 'B', quantity: 5 },
  ]);
};
afterEach(() => walmart.close());

const each = (amount: number) => ({ unit: 'EACH', amount });
const figures = (): readonly (readonly [string, string | null, number])[] =>
  walmart.listings().map(({ sku, remoteId, quantity }) => [sku, remoteId, quantity] as const);

describe('stock at Walmart', () => {
  it('is set per SKU and ship node', async () => {
    await started();
    expect(await calls.put('A/1', 7)).toMatchObject({ status: 200, body: { sku: 'A/1', quantity: { unit: 'EACH', amount: 7 } } });
    await calls.put('A/1', 9, SECOND);
    expect(figures()).toEqual([
      ['A/1', FIRST, 7],
      ['A/1', SECOND, 9],
      ['B', FIRST, 5],
      ['B', SECOND, 5],
    ]);
  });

  it('is set at several nodes at once, with a result for each', async () => {
    await started();
    const nodes = [
      { shipNode: FIRST, inputQty: each(1) },
      { shipNode: 'X', inputQty: each(2) },
    ];
    const answer = await calls.call('PUT', '/v3/inventories/A%2F1', { inventories: { nodes } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        nodes: [
          { shipNode: FIRST, status: 'Success' },
          { shipNode: 'X', status: 'Failed', errors: [{ code: 'INVALID_SHIP_NODE' }] },
        ],
      },
    });
    expect(figures()[0]).toEqual(['A/1', FIRST, 1]);
  });

  it('is refused for a SKU that is not set up, or locked', async () => {
    await started();
    expect(await calls.put('X', 1)).toMatchObject({ status: 404, body: { errors: [{ code: 'CONTENT_NOT_FOUND.GMP_INVENTORY_API' }] } });
    walmart.lock('B', 1_000);
    expect(await calls.put('B', 1)).toMatchObject({ status: 423, body: { errors: [{ code: 'RESOURCE_IS_LOCKED.GMP_RECEIVER_API' }] } });
    clock.forward(1_000);
    expect((await calls.put('B', 1)).status).toBe(200);
  });

  it('is refused where the body is of another SKU, or no whole number', async () => {
    await started();
    expect((await calls.call('PUT', '/v3/inventory?sku=B', { sku: 'A/1', quantity: each(1) })).status).toBe(400);
    expect((await calls.call('PUT', '/v3/inventory?sku=B', { sku: 'B', quantity: each(1.5) })).status).toBe(400);
    expect((await calls.call('PUT', '/v3/inventory?sku=B', { sku: 'B', quantity: each(-1) })).status).toBe(400);
  });

  it('is listed by cursor', async () => {
    await started();
    const first = await calls.call('GET', '/v3/inventories?limit=1');
    expect(first.body).toMatchObject({ meta: { totalCount: 2 }, elements: { inventories: [{ sku: 'A/1' }] } });
    const { nextCursor } = first.body['meta'] as { readonly nextCursor: string };
    const second = await calls.call('GET', `/v3/inventories?limit=1&nextCursor=${nextCursor}`);
    expect(second.body['elements']).toMatchObject({ inventories: [{ sku: 'B' }] });
    expect(second.body['meta']).toEqual({ totalCount: 2 });
    expect((await calls.call('GET', '/v3/inventories?limit=51')).status).toBe(400);
  });
});

describe('feeds of Walmart', () => {
  const multiNode = (sku: string, amount: number) => ({
    inventoryHeader: { version: '1.5' },
    inventory: [{ sku, shipNodes: [{ shipNode: SECOND, quantity: each(amount) }] }],
  });

  it('are worked on later and report each item', async () => {
    await started();
    const content = {
      InventoryHeader: { version: '1.4' },
      Inventory: [
        { sku: 'A/1', quantity: each(8) },
        { sku: 'X', quantity: each(1) },
      ],
    };
    const { body } = await calls.feed('inventory', content);
    const path = `/v3/feeds/${encodeURIComponent(String(body['feedId']))}?includeDetails=true`;
    expect((await calls.call('GET', path)).body).toMatchObject({ feedStatus: 'RECEIVED', itemsReceived: 0 });
    clock.forward(2_000);
    expect((await calls.call('GET', path)).body).toMatchObject({ feedStatus: 'INPROGRESS', itemsProcessing: 2 });
    expect(figures()[0]).toEqual(['A/1', FIRST, 5]);
    clock.forward(10_000);
    expect((await calls.call('GET', path)).body).toMatchObject({
      feedStatus: 'PROCESSED',
      itemsSucceeded: 1,
      itemsFailed: 1,
      itemDetails: {
        itemIngestionStatus: [
          { sku: 'A/1', ingestionStatus: 'SUCCESS' },
          { sku: 'X', ingestionStatus: 'DATA_ERROR' },
        ],
      },
    });
    expect(figures()[0]).toEqual(['A/1', FIRST, 8]);
  });

  it('replace what was set by single calls meanwhile', async () => {
    await started();
    await calls.feed('MP_INVENTORY', multiNode('B', 8));
    await calls.put('B', 3, SECOND);
    clock.forward(12_000);
    expect(figures()[3]).toEqual(['B', SECOND, 8]);
  });

  it('end in ERROR where the file is of the other form', async () => {
    await started();
    const { body } = await calls.feed('inventory', multiNode('B', 8));
    clock.forward(12_000);
    const path = `/v3/feeds/${encodeURIComponent(String(body['feedId']))}`;
    expect((await calls.call('GET', path)).body).toMatchObject({ feedStatus: 'ERROR', itemsReceived: 0 });
    expect(figures()[3]).toEqual(['B', SECOND, 5]);
  });

  it('are refused without a file and over their size', async () => {
    await started();
    expect((await calls.call('POST', '/v3/feeds?feedType=inventory', { a: 1 })).status).toBe(400);
    const inventory = Array.from({ length: 12_000 }, () => multiNode('A-SKU-OF-SOME-LENGTH', 1).inventory[0]);
    expect((await calls.feed('MP_INVENTORY', { inventoryHeader: { version: '1.5' }, inventory })).status).toBe(413);
  });

  it('are taken 10 times an hour, those of several nodes 50 times', async () => {
    await started();
    const content = { InventoryHeader: { version: '1.4' }, Inventory: [] };
    for (let feed = 1; feed <= 10; feed += 1) expect((await calls.feed('inventory', content)).status).toBe(200);
    expect((await calls.feed('inventory', content)).status).toBe(429);
    expect((await calls.feed('MP_INVENTORY', multiNode('B', 1))).status).toBe(200);
    clock.forward(3_600_000);
    await calls.login();
    expect((await calls.feed('inventory', content)).status).toBe(200);
  });
});
