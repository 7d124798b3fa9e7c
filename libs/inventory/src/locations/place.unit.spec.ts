import { MAX_POSTAL_CODE_LENGTH, MAX_REGION_LENGTH, placeFault, placeOf, samePlace, type Place } from './place.js';

const berlin: Place = { latitude: 52.5, longitude: 13.4, country: 'DE', postalCode: '10115', region: 'north' };

describe('a place', () => {
  it('is its fields and nothing else', () => {
    expect(placeOf({ ...berlin, name: 'Berlin' } as Place)).toStrictEqual(berlin);
    expect(placeOf({})).toStrictEqual({});
  });

  it.each<[field: keyof Place, fault: Place]>([
    ['latitude', { latitude: 90.1, longitude: 0 }],
    ['latitude', { latitude: Number.NaN, longitude: 0 }],
    ['longitude', { latitude: 0, longitude: -180.1 }],
    ['country', { country: 'de' }],
    ['country', { country: 'DEU' }],
    ['country', { country: 'xDE' }],
    ['postalCode', { postalCode: '  ' }],
    ['postalCode', { postalCode: '1'.repeat(MAX_POSTAL_CODE_LENGTH + 1) }],
    ['region', { region: ' ' }],
    ['region', { region: 'n'.repeat(MAX_REGION_LENGTH + 1) }],
  ])('has no such %s: %j', (field, place) => expect(placeFault(place)).toBe(field));

  it.each<Place>([
    {},
    berlin,
    { latitude: 90, longitude: 180 },
    { latitude: -90, longitude: -180 },
    { postalCode: '1'.repeat(MAX_POSTAL_CODE_LENGTH), region: 'n'.repeat(MAX_REGION_LENGTH) },
  ])('may be %j', (place) => expect(placeFault(place)).toBeUndefined());

  it('is the same as another where every field is', () => {
    expect(samePlace(berlin, { ...berlin })).toBe(true);
    expect(samePlace({}, {})).toBe(true);
    const others: readonly Place[] = [{ latitude: 1 }, { longitude: 1 }, { country: 'AT' }, { postalCode: '1' }, { region: 'south' }];
    for (const other of others) expect(samePlace(berlin, { ...berlin, ...other })).toBe(false);
  });
});
