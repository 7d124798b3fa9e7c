import { compareNearness, describeNearness, distanceKm, nearness } from './nearness.js';

const berlin = { latitude: 52.52, longitude: 13.405 };
const hamburg = { latitude: 53.5511, longitude: 9.9937 };
const mitte = { country: 'DE', postalCode: '10115' };

describe('the distance of two places', () => {
  it('follows the great circle', () => {
    expect(distanceKm(berlin, hamburg)).toBeCloseTo(255.3, 0);
    expect(distanceKm(berlin, berlin)).toBe(0);
    expect(distanceKm({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111.2, 0);
    expect(distanceKm({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 })).toBeCloseTo(20_015, 0);
  });

  it('is unknown without the coordinates of both', () => {
    expect(distanceKm(berlin, mitte)).toBeUndefined();
    for (const half of [{ latitude: 1 }, { longitude: 1 }]) {
      expect(distanceKm(berlin, half)).toBeUndefined();
      expect(distanceKm(half, berlin)).toBeUndefined();
    }
  });
});

describe('how near two places are', () => {
  it('is the distance where both have coordinates', () => {
    expect(nearness({ ...berlin, ...mitte }, { ...hamburg, ...mitte })).toMatchObject({ kind: 'distance' });
  });

  it('is how far the postal codes agree from the left in one country, whatever their spelling', () => {
    expect(nearness(mitte, { country: 'DE', postalCode: '10999' })).toEqual({ kind: 'postal_code', agreeing: 2, of: 5 });
    expect(nearness({ country: 'GB', postalCode: 'sw1a 1aa' }, { country: 'GB', postalCode: 'SW1A2AA' })).toEqual({
      kind: 'postal_code',
      agreeing: 4,
      of: 7,
    });
    expect(nearness(mitte, { country: 'DE' })).toEqual({ kind: 'country' });
    expect(nearness({ country: 'DE' }, mitte)).toEqual({ kind: 'country' });
  });

  it('is unknown between countries, whatever the codes', () => {
    expect(nearness(mitte, { country: 'FR', postalCode: '10115' })).toEqual({ kind: 'unknown' });
    expect(nearness({ postalCode: '10115' }, { postalCode: '10115' })).toEqual({ kind: 'unknown' });
  });

  it('puts a known distance first, then codes, the country, and nothing', () => {
    const kinds = [
      nearness({}, {}),
      nearness(mitte, { country: 'DE' }),
      nearness(mitte, mitte),
      nearness(berlin, hamburg),
      nearness(berlin, berlin),
    ];
    expect([...kinds].sort(compareNearness).map(describeNearness)).toEqual([
      '0.0 km',
      '255 km',
      'postal code agrees in 5 of 5 characters',
      'same country',
      'unknown',
    ]);
  });
});
