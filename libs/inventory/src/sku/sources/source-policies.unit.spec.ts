import { place } from '../../../test/commands.js';
import { received } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { decideSku, findSourcePolicy, registerSourcePolicy, sourceRuleFault } from '../../index.js';
import type { PlaceReservation } from '../commands.js';
import type { SourceRule } from './source-policy.js';

const berlin = { latitude: 52.52, longitude: 13.405 };
const sources = [
  {
    locationId: 'MUC',
    priority: 1,
    kind: 'warehouse',
    latitude: 48.137,
    longitude: 11.575,
    country: 'DE',
    postalCode: '80331',
    region: 'south',
  },
  {
    locationId: 'HAM',
    priority: 2,
    kind: 'regional_hub',
    latitude: 53.551,
    longitude: 9.994,
    country: 'DE',
    postalCode: '20095',
    region: 'north',
  },
  { locationId: 'BER', priority: 3, kind: 'store', latitude: 52.53, longitude: 13.4, country: 'DE', postalCode: '10117', region: 'north' },
  { locationId: 'NUE', priority: 4, kind: 'regional_hub', country: 'DE', postalCode: '90402', region: 'south' },
] as const;
const stock = { MUC: 9, HAM: 4, BER: 3, NUE: 5 };

const chosen = (rule: SourceRule | undefined, fields: Partial<PlaceReservation>, units: Readonly<Record<string, number>> = stock) => {
  const state = fold(Object.entries(units).map(([locationId, quantity]) => received(locationId, quantity)));
  const decision = decideSku(state, place('r1', { sources, ...(rule === undefined ? {} : { sourceRule: rule }), ...fields }));
  if (decision.kind === 'refused') return decision;
  const event = decision.events[0];
  return event?.type === 'ReservationPlaced' ? event.takes.map((take) => [take.locationId, take.quantity, take.because]) : event;
};

describe('the nearest location', () => {
  const rule = { name: 'nearest' };

  it('is chosen by coordinates, with the distance', () => {
    expect(chosen(rule, { quantity: 3, destination: berlin })).toEqual([['BER', 3, 'nearest: 1.2 km']]);
  });

  it('gives way to the next one that has all', () => {
    expect(chosen(rule, { quantity: 4, destination: berlin })).toEqual([['HAM', 4, 'nearest: 255 km, first that has all 4']]);
  });

  it('is split from only where none has all, or where splits are accepted', () => {
    expect(chosen(rule, { quantity: 10, destination: berlin })).toEqual([
      ['BER', 3, 'split: nearest: 1.2 km'],
      ['HAM', 4, 'split: nearest: 255 km'],
      ['MUC', 3, 'split: nearest: 504 km'],
    ]);
    expect(chosen({ ...rule, options: { splits: 'accept' } }, { quantity: 4, destination: berlin })).toEqual([
      ['BER', 3, 'split: nearest: 1.2 km'],
      ['HAM', 1, 'split: nearest: 255 km'],
    ]);
  });

  it('is chosen by postal code where there are no coordinates, never across a border', () => {
    expect(chosen(rule, { destination: { country: 'DE', postalCode: '90403' } })).toEqual([
      ['NUE', 1, 'nearest: postal code agrees in 4 of 5 characters'],
    ]);
    expect(chosen(rule, { destination: { country: 'FR', postalCode: '90403' } })).toEqual([
      ['MUC', 1, 'nearest: distance unknown, priority 1'],
    ]);
    expect(chosen(rule, {})).toEqual([['MUC', 1, 'nearest: distance unknown, priority 1']]);
  });

  it('does not repeat the postal code that was asked with', () => {
    expect(JSON.stringify(chosen(rule, { destination: { country: 'DE', postalCode: '90403' } }))).not.toContain('90403');
  });
});

describe('shipping from stores', () => {
  const rule = (stores: string) => ({ name: 'ship-from-store', options: { stores } });

  it('prefers stores and falls back to warehouses', () => {
    expect(chosen({ name: 'ship-from-store' }, { quantity: 3 })).toEqual([['BER', 3, 'ship from store: priority 3']]);
    expect(chosen(rule('preferred'), { quantity: 4 })).toEqual([['MUC', 4, 'warehouse after stores: priority 1, first that has all 4']]);
  });

  it('may be from stores alone or from no store', () => {
    expect(chosen(rule('only'), { quantity: 4 })).toMatchObject({
      code: 'insufficient_stock',
      details: { available: 3, byLocation: [{ locationId: 'BER', available: 3 }] },
    });
    expect(chosen(rule('excluded'), { quantity: 1, destination: berlin })).toEqual([['HAM', 1, 'warehouse, stores excluded: 255 km']]);
    expect(chosen(rule('excluded'), { quantity: 19 })).toMatchObject({ code: 'insufficient_stock', details: { available: 18 } });
  });
});

describe('the regional hub', () => {
  const rule = { name: 'regional-hub' };

  it('of the region that was named serves first, then its region', () => {
    expect(chosen(rule, { destination: { region: 'north' } })).toEqual([['HAM', 1, 'hub of region north: priority 2']]);
    expect(chosen(rule, { quantity: 20, destination: { region: 'south' } })).toEqual([
      ['NUE', 5, 'split: hub of region south: priority 4'],
      ['MUC', 9, 'split: in region south: priority 1'],
      ['HAM', 4, 'split: hub, outside region south: priority 2'],
      ['BER', 2, 'split: outside region south: priority 3'],
    ]);
  });

  it('is that of the nearest hub where no region was named', () => {
    expect(chosen(rule, { destination: { country: 'DE', postalCode: '90403' } })).toEqual([
      ['NUE', 1, 'hub of region south: postal code agrees in 4 of 5 characters'],
    ]);
  });

  it('is any hub by priority where the region is unknown', () => {
    expect(chosen(rule, {})).toEqual([['HAM', 1, 'hub, region unknown: priority 2']]);
  });
});

describe('the fewest splits', () => {
  const rule = { name: 'fewest-splits' };

  it('are none where one location has all, the first by priority', () => {
    expect(chosen(rule, { quantity: 4 })).toEqual([['MUC', 4, 'fewest splits: has all 4']]);
  });

  it('begin with the fullest and end with the first by priority that has the rest', () => {
    expect(chosen(rule, { quantity: 12 })).toEqual([
      ['MUC', 9, 'split: fewest splits: 9 free, the most'],
      ['HAM', 3, 'split: fewest splits: has the last 3'],
    ]);
  });
});

describe('a rule', () => {
  it('says nothing against the location asked for', () => {
    const rule = { name: 'ship-from-store', options: { stores: 'excluded' } };
    expect(chosen(rule, { locationId: 'BER' })).toEqual([['BER', 1, 'asked for']]);
  });

  it('is checked before it is followed', () => {
    expect(sourceRuleFault({ name: 'nearest', options: { splits: 'accept' } })).toBeUndefined();
    expect(sourceRuleFault({ name: 'cheapest' })).toMatchObject({ field: 'name' });
    expect(sourceRuleFault({ name: 'nearest', options: { splits: 'never' } })).toMatchObject({ field: 'options' });
    expect(sourceRuleFault({ name: 'fewest-splits', options: { splits: 'avoid' } })).toMatchObject({ field: 'options' });
    expect(sourceRuleFault({ name: 'nearest', options: { toString: 'accept' } })).toMatchObject({ field: 'options' });
    expect(sourceRuleFault({ name: 'nearest', options: { splits: 'x'.repeat(3_000) } })).toMatchObject({ field: 'options' });
    expect(() => chosen({ name: 'cheapest' }, {})).toThrow('there is no source policy cheapest');
  });

  it('may follow a policy of one’s own, which cannot take more than there is nor name a location twice or one that is none', () => {
    const greedy = {
      name: 'own-greedy',
      optionsFault: () => undefined,
      order: () => ({ choices: ['BER', 'BER', 'MOON', 'HAM'].map((locationId) => ({ locationId, because: 'mine' })) }),
    };
    registerSourcePolicy(greedy);
    registerSourcePolicy(greedy);
    expect(findSourcePolicy('own-greedy')).toBe(greedy);
    expect(() => registerSourcePolicy({ ...greedy })).toThrow('already');
    expect(chosen({ name: 'own-greedy' }, { quantity: 7 })).toEqual([
      ['BER', 3, 'split: mine'],
      ['HAM', 4, 'split: mine'],
    ]);
    expect(chosen({ name: 'own-greedy' }, { quantity: 8 })).toMatchObject({ code: 'insufficient_stock', details: { available: 7 } });
  });
});

describe('the location that has all lines of an order', () => {
  it('is taken before the rule’s own choice where it has all units', () => {
    expect(chosen(undefined, { quantity: 2, preferredLocationId: 'HAM' })).toEqual([['HAM', 2, 'has all lines of the order, priority 2']]);
    expect(chosen({ name: 'nearest' }, { quantity: 2, preferredLocationId: 'HAM', destination: berlin })).toEqual([
      ['HAM', 2, 'has all lines of the order, nearest: 255 km'],
    ]);
  });

  it('is forgotten where it has not, or where the rule forbids it', () => {
    expect(chosen(undefined, { quantity: 5, preferredLocationId: 'HAM' })).toEqual([['MUC', 5, 'priority 1']]);
    const rule = { name: 'ship-from-store', options: { stores: 'only' } };
    expect(chosen(rule, { quantity: 2, preferredLocationId: 'HAM' })).toEqual([['BER', 2, 'ship from store: priority 3']]);
  });
});
