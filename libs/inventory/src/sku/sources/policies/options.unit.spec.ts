import { inOrder, stocked } from '../../../../test/source-requests.js';
import { findSourcePolicy } from '../source-policies.js';
import type { SourcePolicyOptions } from '../source-policy.js';
import { fewestSplits } from './fewest-splits.js';
import { nearest } from './nearest.js';
import { byPriority } from './priority.js';
import { regionalHub } from './regional-hub.js';
import { shipFromStore } from './ship-from-store.js';

const choosing = [byPriority, nearest, shipFromStore, regionalHub];

describe('the options of a policy', () => {
  it('say whether units are split where a later location has all; by default they are not', () => {
    const splits = (options: SourcePolicyOptions) =>
      choosing.map((policy) => policy.order({ sources: [stocked('BER')], quantity: 1, destination: undefined, options }).splitsAccepted);
    expect(splits({ splits: 'accept' })).toEqual([true, true, true, true]);
    expect(splits({ splits: 'avoid' })).toEqual([false, false, false, false]);
    expect(splits({})).toEqual([false, false, false, false]);
  });

  it('cannot say so of the fewest splits, which are fewest only in its own order', () => {
    expect(fewestSplits.order({ sources: [], quantity: 1, destination: undefined, options: {} })).toEqual({
      choices: [],
      splitsAccepted: true,
    });
    expect(fewestSplits.optionsFault({ splits: 'avoid' })).toBe('splits is no option; there are none');
    expect(fewestSplits.optionsFault({})).toBeUndefined();
  });

  it('may be what the policy knows, or nothing', () => {
    for (const { optionsFault } of choosing) {
      expect([{}, { splits: 'avoid' }, { splits: 'accept' }].map(optionsFault)).toEqual([undefined, undefined, undefined]);
    }
    for (const stores of ['preferred', 'only', 'excluded']) {
      expect(shipFromStore.optionsFault({ stores, splits: 'accept' })).toBeUndefined();
    }
  });

  it.each([
    ['priority', { splits: 'never' }, 'splits must be one of avoid, accept'],
    ['nearest', { splits: true }, 'splits must be one of avoid, accept'],
    ['regional-hub', { splits: '' }, 'splits must be one of avoid, accept'],
    ['ship-from-store', { stores: 'first' }, 'stores must be one of preferred, only, excluded'],
    ['ship-from-store', { stores: 'only', splits: 'never' }, 'splits must be one of avoid, accept'],
    ['priority', { stores: 'only' }, 'stores is no option; there are splits'],
    ['nearest', { radius: 9 }, 'radius is no option; there are splits'],
    ['regional-hub', { splits: 'avoid', region: 'north' }, 'region is no option; there are splits'],
    ['ship-from-store', { store: 'only' }, 'store is no option; there are stores, splits'],
    ['priority', { constructor: 'accept' }, 'constructor is no option; there are splits'],
  ])('are refused with what is wrong with them and what there is: %s %j', (name, options, fault) =>
    expect(findSourcePolicy(name)?.optionsFault(options)).toBe(fault),
  );
});

describe('the order of priority', () => {
  it('is that in which the locations come, lower numbers first', () =>
    expect(inOrder(byPriority, [stocked('HAM', { priority: 1 }), stocked('BER', { priority: 2, available: 0 })])).toEqual([
      'HAM, priority 1',
      'BER, priority 2',
    ]));
});
