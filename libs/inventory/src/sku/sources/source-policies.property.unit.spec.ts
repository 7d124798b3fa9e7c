import fc from 'fast-check';
import { place } from '../../../test/commands.js';
import { received } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { availableUnits, commonSource, decideSku } from '../../index.js';
import type { SourceRule } from './source-policy.js';

const LOCATIONS = ['A', 'B', 'C', 'D', 'E', 'F'];
const coordinates = { latitude: fc.integer({ min: -90, max: 90 }), longitude: fc.integer({ min: -180, max: 180 }) };
const area = {
  country: fc.constantFrom('DE', 'FR'),
  postalCode: fc.stringMatching(/^[0-9]{5}$/),
  region: fc.constantFrom('north', 'south'),
};
const aPlace = fc.oneof(fc.record(coordinates), fc.record(area, { requiredKeys: [] }), fc.record({ ...coordinates, ...area }));
const source = fc
  .tuple(fc.constantFrom(...LOCATIONS), fc.nat(3), fc.constantFrom('warehouse' as const, 'store' as const, 'regional_hub' as const), aPlace)
  .map(([locationId, priority, kind, where]) => ({ locationId, priority, kind, ...where }));
const rule: fc.Arbitrary<SourceRule | undefined> = fc.constantFrom(
  undefined,
  { name: 'priority' },
  { name: 'priority', options: { splits: 'accept' } },
  { name: 'nearest' },
  { name: 'nearest', options: { splits: 'accept' } },
  { name: 'ship-from-store' },
  { name: 'ship-from-store', options: { stores: 'only' } },
  { name: 'ship-from-store', options: { stores: 'excluded' } },
  { name: 'regional-hub' },
  { name: 'fewest-splits' },
);
const world = fc.record({
  stock: fc.uniqueArray(fc.tuple(fc.constantFrom(...LOCATIONS), fc.integer({ min: 1, max: 9 })), { selector: ([id]) => id, minLength: 1 }),
  sources: fc.uniqueArray(source, { selector: ({ locationId }) => locationId }),
  rule,
  quantity: fc.integer({ min: 1, max: 30 }),
  partial: fc.boolean(),
  destination: fc.option(aPlace, { nil: undefined }),
  preferred: fc.option(fc.constantFrom(...LOCATIONS), { nil: undefined }),
});

describe('every source policy', () => {
  it('takes no more than is free anywhere, sums to what was asked, answers alike for alike, and tells no lie when it refuses', () => {
    fc.assert(
      fc.property(world, ({ stock, sources, rule: sourceRule, quantity, partial, destination, preferred }) => {
        const state = fold(stock.map(([locationId, units]) => received(locationId, units)));
        const command = place('r1', {
          quantity,
          partial,
          sources,
          ...(sourceRule === undefined ? {} : { sourceRule }),
          ...(destination === undefined ? {} : { destination }),
          ...(preferred === undefined ? {} : { preferredLocationId: preferred }),
        });
        const decision = decideSku(state, command);
        expect(decideSku(state, { ...command, sources: [...sources].reverse() })).toEqual(decision);
        if (decision.kind === 'refused') {
          const { available, byLocation } = decision.details as { available: number; byLocation: readonly { available: number }[] };
          expect(byLocation.reduce((sum, one) => sum + one.available, 0)).toBe(available);
          expect(partial ? available : Math.max(0, available - quantity + 1)).toBe(0);
          return;
        }
        const event = decision.events[0];
        if (event?.type !== 'ReservationPlaced') throw new Error('nothing was placed');
        const units = event.takes.reduce((sum, take) => sum + take.quantity, 0);
        expect(partial ? units <= quantity && units > 0 : units === quantity).toBe(true);
        expect(new Set(event.takes.map(({ locationId }) => locationId)).size).toBe(event.takes.length);
        for (const take of event.takes) {
          expect(take.quantity).toBeGreaterThan(0);
          expect(take.quantity).toBeLessThanOrEqual(availableUnits(state, take.locationId, command.at));
          expect(take.because).not.toBe('');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('names for a whole order only a location that has every line', () => {
    fc.assert(
      fc.property(fc.array(world, { minLength: 2, maxLength: 4 }), (worlds) => {
        const [{ sources, rule: sourceRule, destination } = { sources: [], rule: undefined, destination: undefined }] = worlds;
        const lines = worlds.map(({ stock, quantity }) => {
          const state = fold(stock.map(([locationId, units]) => received(locationId, units)));
          return { state, quantity: 1 + (quantity % 5), available: (locationId: string) => availableUnits(state, locationId, 0) };
        });
        const request = {
          sources,
          ...(sourceRule === undefined ? {} : { sourceRule }),
          ...(destination === undefined ? {} : { destination }),
        };
        const found = commonSource(lines, request);
        if (found !== undefined) for (const { available, quantity } of lines) expect(available(found)).toBeGreaterThanOrEqual(quantity);
        else if (sourceRule?.name !== 'ship-from-store') {
          expect(LOCATIONS.filter((id) => lines.every(({ available, quantity }) => available(id) >= quantity))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
