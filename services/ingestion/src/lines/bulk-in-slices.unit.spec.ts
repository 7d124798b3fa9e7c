import { START } from '@holdfast/event-store';
import { BulkProducts } from '../catalogue/bulk-products.js';
import type { ProductService } from '../catalogue/product.service.js';
import { ErpPublisher } from '../erp-http/erp-publisher.js';
import { BulkStockController } from '../stock/bulk-stock.controller.js';
import type { BulkStock } from '../stock/bulk-stock.js';

const asker = { tenant: 'acme', subject: 'key', permissions: new Set<never>() };
const many = <Line>(lineOf: (index: number) => Line): readonly Line[] => Array.from({ length: 10_000 }, (_, index) => lineOf(index));

/** How often others had their turn while a request of 10,000 lines was checked. Work that is not sliced lets nobody have one. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const take = (): void => {
    turns += 1;
    if (!over) setImmediate(take);
  };
  setImmediate(take);
  await work();
  over = true;
  return turns;
}

describe('the largest bulk request lets others have their turn', () => {
  it('while lines of stock are checked', async () => {
    const bulk = { apply: () => Promise.resolve({ results: [], position: START }) } as unknown as BulkStock;
    const lines = many((index) => ({ sku: `TEE-${index}`, locationId: 'MAIN', quantity: 1, reason: 'x'.repeat(200), reasonCode: 'count' }));
    const reply = { header: () => undefined } as never;
    const work = () => new BulkStockController(bulk).applyLines(asker as never, 'c', { lines: [...lines] }, reply);
    expect(await turnsDuring(work)).toBeGreaterThan(2);
  });

  it('while products are checked', async () => {
    const products = { unknownLocations: () => Promise.resolve(new Set<string>()) } as unknown as ProductService;
    const lines = many((index) => ({ sku: `TEE-${index}`, name: 'x'.repeat(200), category: 'x'.repeat(200) }));
    expect(await turnsDuring(() => new BulkProducts(products).put(asker, lines, 'c', { dryRun: true }))).toBeGreaterThan(2);
  });

  it('while messages of an ERP are checked', async () => {
    const routing = { current: () => Promise.resolve({ connections: new Map() } as never) };
    const bus = { publish: () => Promise.resolve([]) } as never;
    const lines = many((index) => ({
      type: 'level',
      messageId: `m${index}`,
      connectionId: 'sap',
      warehouseId: '1',
      sku: 'TEE',
      quantity: 1,
    }));
    const publisher = new ErpPublisher(bus, routing, { now: () => 0 });
    expect(await turnsDuring(() => publisher.publish('acme', lines))).toBeGreaterThan(2);
  });
});
