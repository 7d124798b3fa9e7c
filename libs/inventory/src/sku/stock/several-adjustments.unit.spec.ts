import { adjusted, described, expired, level, placed, received } from '../../../test/events.js';
import { adjustLocations } from '../../../test/commands.js';
import { given } from '../../../test/given.js';
import { hour, morning, noon } from '../../../test/times.js';
import { MAX_LOCATIONS_PER_SKU } from '../limits.js';

const all = { commandId: 'adjust all', effectiveAt: 10 * hour, reasonCode: 'damage' };

describe('adjusting several locations of a SKU', () => {
  it('is one decision with one event a location', () =>
    given(received('BER', 5), received('HAM', 2))
      .when(adjustLocations({ BER: -5, HAM: -2, MUC: 4 }, { reason: 'flood' }))
      .then(
        adjusted('BER', -5, { ...all, reason: 'flood' }),
        adjusted('HAM', -2, { ...all, reason: 'flood' }),
        adjusted('MUC', 4, { ...all, reason: 'flood' }),
      ));

  it('is refused as a whole, naming every short location', () =>
    given(received('BER', 5), received('HAM', 2), placed('r1', { BER: 1 }))
      .when(adjustLocations({ BER: -5, HAM: -3, MUC: 4 }))
      .thenRefused('insufficient_stock', {
        requested: 8,
        available: 6,
        byLocation: [
          { locationId: 'BER', requested: 5, available: 4 },
          { locationId: 'HAM', requested: 3, available: 2 },
        ],
      }));

  it('does not cover one location with what it adds at another', () =>
    given(received('BER', 1))
      .when(adjustLocations({ HAM: 9, BER: -2 }))
      .thenRefused('insufficient_stock'));

  it('takes units of overdue holds, which end by that', () =>
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(adjustLocations({ BER: -3, HAM: 1 }, { at: noon }))
      .then(expired('r1', { BER: 3 }), adjusted('BER', -3, all), adjusted('HAM', 1, all)));

  it('takes promised units where it states a fact', () =>
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(adjustLocations({ BER: -3 }, { mayUncoverPromises: true }))
      .then(adjusted('BER', -3, all)));

  it('changes nothing when the command comes again', () =>
    given(received('BER', 5), adjusted('BER', -3, all))
      .when(adjustLocations({ BER: -3, HAM: -9 }))
      .thenNothing());

  it('refuses an unknown SKU, a difference of nothing and more locations than a SKU may have', () => {
    given()
      .when(adjustLocations({ BER: 1 }))
      .thenRefused('unknown_sku');
    given(described())
      .when(adjustLocations({ BER: 1, HAM: 0 }))
      .thenRefused('invalid_quantity');
    const many = Array.from({ length: MAX_LOCATIONS_PER_SKU - 1 }, (_, index) => received(`L${index}`, 1));
    given(...many)
      .when(adjustLocations({ L1: 1, BER: 1, HAM: 1 }))
      .thenRefused('too_many_locations', { most: MAX_LOCATIONS_PER_SKU });
  });

  it('refuses a difference of an earlier time that a later figure of one location contains', () =>
    given(received('HAM', 2), level('BER', 8, noon))
      .when(adjustLocations({ HAM: -1, BER: 3 }, { at: noon + hour, effectiveAt: morning }))
      .thenRefused('later_fact_known', { later: 'level', laterAt: noon, locationId: 'BER' }));
});
