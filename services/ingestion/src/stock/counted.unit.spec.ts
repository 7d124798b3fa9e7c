import { countedThing, countedWithoutLocation } from './counted.js';
import type { StockChange } from './stock-change.js';

const count = (sku: string, locationId?: string): StockChange => ({ sku, ...(locationId && { locationId }), amount: { counted: 1 } });
const things = (...changes: readonly StockChange[]) => changes.map((change) => countedThing(change, countedWithoutLocation(changes)));

describe('what a line counts', () => {
  it('is the item, so that locations are counted beside each other', () => {
    const [first, second, again] = things(count('TEE', 'BER'), count('TEE', 'HAM'), count('TEE', 'BER'));
    expect(first).not.toBe(second);
    expect(again).toBe(first);
  });

  it('is the whole SKU where a line names no location, which may be any', () => {
    const [named, unnamed, other] = things(count('TEE', 'BER'), count('TEE'), count('CAP', 'BER'));
    expect(named).toBe(unnamed);
    expect(other).not.toBe(named);
  });

  it('is nothing for differences, which add up', () =>
    expect(things({ sku: 'TEE', locationId: 'BER', amount: { delta: 1 } }, count('CAP'))[0]).toBeUndefined());
});
