import { inOrder, stocked } from '../../../../test/source-requests.js';
import { regionalHub } from './regional-hub.js';

const hub = { kind: 'regional_hub' } as const;
const zero = { latitude: 0, longitude: 0 };
const sources = [
  stocked('STORE S', { priority: 1, kind: 'store', region: 'south', latitude: 0, longitude: 3 }),
  stocked('HUB S', { priority: 2, ...hub, region: 'south', latitude: 0, longitude: 2 }),
  stocked('STORE N', { priority: 3, kind: 'store', region: 'north', latitude: 0, longitude: 0.05 }),
  stocked('HUB N', { priority: 4, ...hub, region: 'north', latitude: 0, longitude: 4 }),
];

describe('the hub of the region', () => {
  it('serves first, then the region, then other hubs, then the rest', () =>
    expect(inOrder(regionalHub, sources, { destination: { region: 'north' } })).toEqual([
      'HUB N, hub of region north: priority 4',
      'STORE N, in region north: priority 3',
      'HUB S, hub, outside region north: priority 2',
      'STORE S, outside region north: priority 1',
    ]));

  it('is that of the hub nearest to the destination where no region was named, whatever else is nearer', () =>
    expect(inOrder(regionalHub, sources, { destination: zero })).toEqual([
      'HUB S, hub of region south: 222 km',
      'STORE S, in region south: 334 km',
      'HUB N, hub, outside region south: 445 km',
      'STORE N, outside region south: 5.6 km',
    ]));

  it('is the one of the region that was named, not of the nearest hub', () =>
    expect(inOrder(regionalHub, sources, { destination: { ...zero, region: 'north' } })[0]).toBe('HUB N, hub of region north: 445 km'));

  it('is not told by a hub that has no region', () => {
    const stray = stocked('STRAY HUB', { priority: 5, ...hub, latitude: 0, longitude: 0 });
    expect(inOrder(regionalHub, [...sources, stray], { destination: zero })).toEqual([
      'HUB S, hub of region south: 222 km',
      'STORE S, in region south: 334 km',
      'STRAY HUB, hub, outside region south: 0.0 km',
      'HUB N, hub, outside region south: 445 km',
      'STORE N, outside region south: 5.6 km',
    ]);
  });

  it('is any hub where nothing tells the region, and nobody’s region is that of a location without one', () => {
    const anywhere = stocked('ANYWHERE', { priority: 5 });
    const unknown = [
      'HUB S, hub, region unknown: priority 2',
      'HUB N, hub, region unknown: priority 4',
      'STORE S, region unknown: priority 1',
      'STORE N, region unknown: priority 3',
      'ANYWHERE, region unknown: priority 5',
    ];
    expect(inOrder(regionalHub, [...sources, anywhere])).toEqual(unknown);
    expect(inOrder(regionalHub, [...sources, anywhere], { destination: { country: 'FR' } })).toEqual(unknown);
    expect(inOrder(regionalHub, [stocked('STORE', { kind: 'store' })], { destination: zero })).toEqual([
      'STORE, region unknown: priority 100',
    ]);
  });

  it('serves before a hub that is farther, and a neighbour before one that is', () => {
    const second = stocked('HUB N2', { priority: 6, ...hub, region: 'north', latitude: 0, longitude: 1 });
    const store = stocked('STORE N2', { priority: 7, region: 'north', latitude: 0, longitude: 0.02 });
    expect(inOrder(regionalHub, [...sources, second, store], { destination: { ...zero, region: 'north' } }).slice(0, 4)).toEqual([
      'HUB N2, hub of region north: 111 km',
      'HUB N, hub of region north: 445 km',
      'STORE N2, in region north: 2.2 km',
      'STORE N, in region north: 5.6 km',
    ]);
  });
});
