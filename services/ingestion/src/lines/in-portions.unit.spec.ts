import type { Inbox } from '../intake/inbox.js';
import { BulkStock } from '../stock/bulk-stock.js';
import type { StockService } from '../stock/stock.service.js';
import { inPortions, publishInPortions } from './in-portions.js';

const LINES = Array.from({ length: 10_000 }, (_, index) => index);

describe('many lines in portions', () => {
  it('are worked on one portion after the other, and answered in order', async () => {
    const sizes: number[] = [];
    let running = 0;
    const doubled = await inPortions(LINES, async (portion) => {
      running += 1;
      expect(running).toBe(1);
      sizes.push(portion.length);
      await Promise.resolve();
      running -= 1;
      return portion.map((line) => line * 2);
    });
    expect(doubled).toEqual(LINES.map((line) => line * 2));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000);
  });

  it('go no further after one that failed', async () => {
    let portions = 0;
    const failing = inPortions(LINES, () => Promise.reject(new Error(`portion ${(portions += 1)}`)));
    await expect(failing).rejects.toThrow('portion 1');
    expect(portions).toBe(1);
  });

  it('reach a topic by several commits', async () => {
    const commits: number[] = [];
    const publish = async (_: string, messages: readonly unknown[]): Promise<void> => void commits.push(messages.length);
    await publishInPortions(
      { publish },
      'erp.stock.v1',
      LINES.map((line) => ({ key: `${line}`, value: '' })),
    );
    expect(commits.reduce((sum, size) => sum + size)).toBe(10_000);
    expect(Math.max(...commits)).toBeLessThanOrEqual(2_000);
  });

  it('are counts of stock, too', async () => {
    const asked: number[] = [];
    const handled = (ids: readonly string[]) => {
      asked.push(ids.length);
      return Promise.resolve(new Map<string, string>());
    };
    const inbox = { handled, remember: () => Promise.resolve() } as unknown as Inbox;
    const stock = { change: () => Promise.resolve({ item: { quantityOnHand: 1 }, position: 7n }) } as unknown as StockService;
    const changes = LINES.map((index) => ({ index, change: { sku: `TEE-${index}`, locationId: 'MAIN', amount: { counted: 1 } } }));
    const { results, position } = await new BulkStock(stock, inbox).apply({ tenant: 'acme', subject: 'key' }, changes, 'c');
    expect(results.map(({ index }) => index)).toEqual(LINES);
    expect(position).toBe(7n);
    expect(Math.max(...asked)).toBeLessThanOrEqual(2_000);
  });
});
