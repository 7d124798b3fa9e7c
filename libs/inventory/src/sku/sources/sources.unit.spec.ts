import { place } from '../../../test/commands.js';
import { placed, received, released } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { evening, morning } from '../../../test/times.js';
import { decideSku, evolveSku, type PlaceReservation, type SkuState } from '../../index.js';

const from = (...takes: readonly (readonly [string, number, string])[]) => ({
  takes: takes.map(([locationId, quantity, because]) => ({ locationId, quantity, because })),
  requested: takes.reduce((units, [, quantity]) => units + quantity, 0),
});
const ham = { locationId: 'HAM', priority: 1 };
const ber = { locationId: 'BER', priority: 2 };
const both = [received('HAM', 3), received('BER', 5)];

describe('locations of one priority', () => {
  it('serve by their ids, whichever the SKU knew first', () => {
    given(received('HAM', 5), received('MUC', 5), received('BER', 5))
      .when(place('r1', { quantity: 12 }))
      .then(
        placed('r1', {}, from(['BER', 5, 'split: priority 100'], ['HAM', 5, 'split: priority 100'], ['MUC', 2, 'split: priority 100'])),
      );
  });

  it('are all those that nobody gave one, between those before and after them', () => {
    const sources = [
      { locationId: 'BER', priority: 101 },
      { locationId: 'MUC', priority: 99 },
    ];
    given(received('BER', 1), received('HAM', 1), received('MUC', 1))
      .when(place('r1', { quantity: 3, sources }))
      .then(placed('r1', {}, from(['MUC', 1, 'split: priority 99'], ['HAM', 1, 'split: priority 100'], ['BER', 1, 'split: priority 101'])));
  });
});

describe('the locations of a SKU', () => {
  const served = (state: SkuState, fields: Partial<PlaceReservation>) => {
    const decision = decideSku(state, place('r1', fields));
    const [event] = decision.kind === 'accepted' ? decision.events : [];
    return event?.type === 'ReservationPlaced' ? event.takes : decision;
  };

  it('are looked at anew where one has come since', () => {
    const sources = [ham, ber];
    const state = fold([received('BER', 5)]);
    expect(served(state, { sources })).toEqual([{ locationId: 'BER', quantity: 1, because: 'priority 2' }]);
    evolveSku(state, received('HAM', 3), morning);
    expect(served(state, { sources })).toEqual([{ locationId: 'HAM', quantity: 1, because: 'priority 1' }]);
    expect(served(state, { sources, quantity: 4 })).toEqual([{ locationId: 'BER', quantity: 4, because: 'priority 2' }]);
  });

  it('have the priorities that each request brings', () => {
    const state = fold(both);
    expect(served(state, { sources: [ham, ber] })).toEqual([{ locationId: 'HAM', quantity: 1, because: 'priority 1' }]);
    expect(served(state, { sources: [ham, { ...ber, priority: 0 }] })).toEqual([{ locationId: 'BER', quantity: 1, because: 'priority 0' }]);
    expect(served(state, { sources: [ham, ber] })).toEqual([{ locationId: 'HAM', quantity: 1, because: 'priority 1' }]);
  });

  it('are not those of another SKU that has the same sources', () => {
    const sources = [ham, ber];
    expect(served(fold([received('HAM', 3)]), { sources })).toEqual([{ locationId: 'HAM', quantity: 1, because: 'priority 1' }]);
    expect(served(fold([received('BER', 3)]), { sources })).toEqual([{ locationId: 'BER', quantity: 1, because: 'priority 2' }]);
  });
});

describe('a reservation that is split', () => {
  it('passes over locations that have nothing free, and leaves those alone that it does not need', () => {
    given(received('BER', 2), received('HAM', 3), received('MUC', 4), received('NUE', 1), placed('r0', { HAM: 3 }))
      .when(place('r1', { quantity: 5 }))
      .then(placed('r1', {}, from(['BER', 2, 'split: priority 100'], ['MUC', 3, 'split: priority 100'])));
  });

  it('takes in the order of priority even where one has all, if splits are accepted', () => {
    const accept = { sources: [ham, ber], sourceRule: { name: 'priority', options: { splits: 'accept' } } };
    given(...both)
      .when(place('r1', { quantity: 4, ...accept }))
      .then(placed('r1', {}, from(['HAM', 3, 'split: priority 1'], ['BER', 1, 'split: priority 2'])));
    given(...both)
      .when(place('r1', { quantity: 3, ...accept }))
      .then(placed('r1', {}, from(['HAM', 3, 'priority 1'])));
  });

  it('is avoided, and says so where it is by wish, if one location has all', () => {
    const sources = [ham, ber];
    given(...both)
      .when(place('r1', { quantity: 4, sources, sourceRule: { name: 'priority' } }))
      .then(placed('r1', {}, from(['BER', 4, 'priority 2'])));
    given(...both)
      .when(place('r1', { quantity: 4, sources, sourceRule: { name: 'priority', options: { splits: 'avoid' } } }))
      .then(placed('r1', {}, from(['BER', 4, 'priority 2, first that has all 4'])));
    given(...both)
      .when(place('r1', { quantity: 5, sources, sourceRule: { name: 'nearest' } }))
      .then(placed('r1', {}, from(['BER', 5, 'nearest: distance unknown, priority 2, first that has all 5'])));
  });
});

describe('the location that is preferred', () => {
  const preferred = { sources: [ham, ber], preferredLocationId: 'BER' };

  it('serves where it has just all units', () => {
    given(...both)
      .when(place('r1', { quantity: 5, ...preferred }))
      .then(placed('r1', {}, from(['BER', 5, 'has all lines of the order, priority 2'])));
    given(...both)
      .when(place('r1', { quantity: 6, ...preferred }))
      .then(placed('r1', {}, from(['HAM', 3, 'split: priority 1'], ['BER', 3, 'split: priority 2'])));
  });

  it('serves alone, also where splits are accepted', () =>
    given(...both)
      .when(place('r1', { quantity: 4, ...preferred, sourceRule: { name: 'priority', options: { splits: 'accept' } } }))
      .then(placed('r1', {}, from(['BER', 4, 'has all lines of the order, priority 2']))));

  it('is of no matter where the SKU has none of that name, or what it had is held', () => {
    given(...both)
      .when(place('r1', { ...preferred, preferredLocationId: 'MUC' }))
      .then(placed('r1', {}, from(['HAM', 1, 'priority 1'])));
    given(...both, placed('r0', { BER: 4 }))
      .when(place('r1', { quantity: 2, ...preferred }))
      .then(placed('r1', {}, from(['HAM', 2, 'priority 1'])));
    given(...both, placed('r0', { BER: 4 }, { expiresAt: evening }), released('r0', { BER: 4 }))
      .when(place('r1', { quantity: 2, ...preferred }))
      .then(placed('r1', {}, from(['BER', 2, 'has all lines of the order, priority 2'])));
  });
});

describe('a location that was asked for', () => {
  it('serves whatever the rule and the wish for one parcel say', () => {
    const sources = [{ locationId: 'SHOP', priority: 1, kind: 'store' } as const];
    given(received('SHOP', 3))
      .when(
        place('r1', {
          quantity: 2,
          sources,
          locationId: 'SHOP',
          preferredLocationId: 'SHOP',
          sourceRule: { name: 'ship-from-store', options: { stores: 'excluded' } },
        }),
      )
      .then(placed('r1', {}, from(['SHOP', 2, 'asked for'])));
  });
});
