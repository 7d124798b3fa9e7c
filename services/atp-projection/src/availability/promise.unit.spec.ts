import { DEFAULT_POLICY } from '@holdfast/inventory';
import { promise } from './promise.js';
import type { StockAt, Terms } from './promise.js';

const at = (locationId: string, available: number, safetyStock = 0): StockAt => ({ locationId, available, safetyStock });
const terms: Terms = { policy: undefined, locationId: undefined, priorityOf: (id) => (id === 'HAM' ? 1 : 2), now: 0 };
const ask = (requested: number, stock: readonly StockAt[], more: Partial<Terms> = {}) =>
  promise({ sku: 'A', known: true, stock }, requested, { ...terms, ...more });

describe('whether a quantity can be had', () => {
  it('fills from the location that serves first, ties by id', () => {
    expect(ask(6, [at('MUC', 3), at('BER', 3), at('HAM', 2)])).toMatchObject({
      available: true,
      quantityAvailable: 8,
      earliestDate: '1970-01-01T00:00:00.000Z',
      sources: [
        { locationId: 'HAM', quantity: 2 },
        { locationId: 'BER', quantity: 3 },
        { locationId: 'MUC', quantity: 1 },
      ],
    });
  });

  it('says how many there are when they are too few, without a date', () =>
    expect(ask(9, [at('BER', 3)])).toMatchObject({
      available: false,
      quantityAvailable: 3,
      earliestDate: null,
      sources: [{ quantity: 3 }],
    }));

  it('never counts a location below nothing', () =>
    expect(ask(3, [at('BER', 3), at('HAM', -5)])).toMatchObject({ available: true, quantityAvailable: 3 }));

  it('lets a reservation have safety stock, but shows it to no channel', () => {
    expect(ask(5, [at('BER', 5, 4)]).quantityAvailable).toBe(5);
    expect(ask(5, [at('BER', 5, 4)], { policy: DEFAULT_POLICY }).quantityAvailable).toBe(1);
  });

  it('takes the buffers of a channel off at each location', () =>
    expect(ask(1, [at('BER', 5), at('HAM', 5)], { policy: { ...DEFAULT_POLICY, bufferUnits: 2 } }).quantityAvailable).toBe(6));

  it('looks at one location where told to', () =>
    expect(ask(3, [at('BER', 5), at('HAM', 2)], { locationId: 'HAM' }).quantityAvailable).toBe(2));
});
