import { inOrder, stocked } from '../../../../test/source-requests.js';
import { nearest } from './nearest.js';

/** Where the equator crosses the prime meridian: a degree east of it is 111 km away. */
const zero = { latitude: 0, longitude: 0 };

describe('the nearest location', () => {
  it('comes first and the farthest last, each with its distance', () => {
    const sources = [
      stocked('FAR', { priority: 1, latitude: 0, longitude: 2 }),
      stocked('NEAR', { priority: 2, latitude: 0, longitude: 0.05 }),
      stocked('MIDDLE', { priority: 3, latitude: 0, longitude: 1 }),
    ];
    expect(inOrder(nearest, sources, { destination: zero })).toEqual([
      'NEAR, nearest: 5.6 km',
      'MIDDLE, nearest: 111 km',
      'FAR, nearest: 222 km',
    ]);
  });

  it('is told by distance, else by postal code, else by country, else by priority', () => {
    const sources = [
      stocked('SOMEWHERE', { priority: 1 }),
      stocked('COUNTRY', { priority: 2, country: 'DE' }),
      stocked('CODE', { priority: 3, country: 'DE', postalCode: '10999' }),
      stocked('KNOWN', { priority: 4, latitude: 0, longitude: 2 }),
    ];
    expect(inOrder(nearest, sources, { destination: { ...zero, country: 'DE', postalCode: '10117' } })).toEqual([
      'KNOWN, nearest: 222 km',
      'CODE, nearest: postal code agrees in 2 of 5 characters',
      'COUNTRY, nearest: same country',
      'SOMEWHERE, nearest: distance unknown, priority 1',
    ]);
  });

  it('is the first by priority of those equally near, and of all where nobody said where to', () => {
    const there = { latitude: 0, longitude: 1 };
    const sources = [stocked('B', { priority: 1, ...there }), stocked('A', { priority: 2, ...there }), stocked('C', { priority: 3 })];
    expect(inOrder(nearest, sources, { destination: zero })).toEqual([
      'B, nearest: 111 km',
      'A, nearest: 111 km',
      'C, nearest: distance unknown, priority 3',
    ]);
    expect(inOrder(nearest, sources)).toEqual([
      'B, nearest: distance unknown, priority 1',
      'A, nearest: distance unknown, priority 2',
      'C, nearest: distance unknown, priority 3',
    ]);
  });
});
