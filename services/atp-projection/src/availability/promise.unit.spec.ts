import fc from 'fast-check';
import { boundOfChannel, channelSteps, DEFAULT_POLICY, type ChannelBound, type ChannelBounds } from '@holdfast/inventory';
import { promise } from './promise.js';
import type { StockAt, Terms } from './promise.js';

const at = (locationId: string, available: number, safetyStock = 0): StockAt => ({ locationId, available, safetyStock });
const web = { ...DEFAULT_POLICY, channelId: 'web' };
const UNBOUND: ChannelBounds = { others: { units: 1_000 }, channels: {} };
const terms: Terms = { channel: undefined, locationId: undefined, priorityOf: (id) => (id === 'HAM' ? 1 : 2), now: 0 };
const ask = (requested: number, stock: readonly StockAt[], more: Partial<Terms> = {}, bounds = UNBOUND) =>
  promise({ sku: 'A', known: true, stock, bounds, isLimited: true }, requested, { ...terms, ...more });

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
      code: 'insufficient_stock',
      earliestDate: null,
      sources: [{ quantity: 3 }],
    }));

  it('never counts a location below nothing', () =>
    expect(ask(3, [at('BER', 3), at('HAM', -5)])).toMatchObject({ available: true, quantityAvailable: 3 }));

  it('lets a reservation have safety stock, but shows it to no channel', () => {
    expect(ask(5, [at('BER', 5, 4)]).quantityAvailable).toBe(5);
    expect(ask(5, [at('BER', 5, 4)], { channel: web }).quantityAvailable).toBe(1);
  });

  it('takes the buffers of a channel off at each location', () =>
    expect(ask(1, [at('BER', 5), at('HAM', 5)], { channel: { ...web, bufferUnits: 2 } }).quantityAvailable).toBe(6));

  it('looks at one location where told to', () =>
    expect(ask(3, [at('BER', 5), at('HAM', 2)], { locationId: 'HAM' }).quantityAvailable).toBe(2));

  it('lets nobody have more than limits leave, takes no more from the locations, and says which limit it was', () => {
    const bounds: ChannelBounds = {
      others: { units: 4, code: 'protected_for_channels' },
      channels: { web: { units: 3, code: 'channel_cap' } },
    };
    const stock = [at('BER', 5), at('HAM', 2)];
    expect(ask(4, stock, { channel: web }, bounds)).toMatchObject({
      available: false,
      quantityAvailable: 3,
      code: 'channel_cap',
      sources: [
        { locationId: 'HAM', quantity: 2 },
        { locationId: 'BER', quantity: 1 },
      ],
    });
    expect(ask(3, stock, { channel: web }, bounds)).toMatchObject({ available: true, code: null });
    expect(ask(5, stock, {}, bounds)).toMatchObject({ quantityAvailable: 4, code: 'protected_for_channels' });
    expect(ask(5, stock, { channel: web, locationId: 'BER' }, bounds)).toMatchObject({ quantityAvailable: 3, code: 'channel_cap' });
    expect(ask(3, stock, { channel: web, locationId: 'HAM' }, bounds)).toMatchObject({ quantityAvailable: 2, code: 'insufficient_stock' });
  });

  it('says of a channel its ATP, whatever the limits, buffers and safety stock are, and has it taken from somewhere', () => {
    const cell = fc.record({ onHand: fc.integer({ min: -5, max: 40 }), reserved: fc.nat(20), safetyStock: fc.nat(5), held: fc.nat(5) });
    const bound: fc.Arbitrary<ChannelBound> = fc.record({
      units: fc.nat(60),
      code: fc.constantFrom('channel_cap', 'protected_for_channels'),
    });
    const policy = fc.record({ bufferUnits: fc.nat(4), bufferPercent: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 4 }), bound, bound, policy, fc.nat(80), (cells, others, own, buffers, requested) => {
        const balances = cells.map((balance, index) => ({ ...balance, inTransit: 0, locationId: `L${String(index)}` }));
        const stock = balances.map(({ locationId, onHand, held, reserved, safetyStock }) =>
          at(locationId, onHand - held - reserved, safetyStock),
        );
        const channel = { ...web, ...buffers };
        const bounds = { others, channels: { web: own } };
        const steps = channelSteps({ balances, policy: channel, enabled: true, bound: boundOfChannel(bounds, 'web') });
        const atp = steps.reduce(
          (units, step) => units + step.units,
          balances.reduce((units, { onHand, held, reserved }) => units + onHand - held - reserved, 0),
        );
        const line = ask(requested, stock, { channel }, bounds);
        expect(line.quantityAvailable).toBe(atp);
        expect(line.sources.reduce((units, { quantity }) => units + quantity, 0)).toBe(Math.min(requested, atp));
        expect(line.available).toBe(line.code === null);
      }),
    );
  });
});
