import { inOrder, stocked } from '../../../../test/source-requests.js';
import { shipFromStore } from './ship-from-store.js';

const sources = [
  stocked('HUB', { priority: 1, kind: 'regional_hub', latitude: 0, longitude: 0.05 }),
  stocked('FAR STORE', { priority: 2, kind: 'store', latitude: 0, longitude: 2 }),
  stocked('NEAR STORE', { priority: 3, kind: 'store', latitude: 0, longitude: 1 }),
  stocked('OTHER', { priority: 4 }),
];
const destination = { latitude: 0, longitude: 0 };

describe('shipping from stores', () => {
  it.each([['by default', {}] as const, ['where that is said', { stores: 'preferred' }] as const])(
    'prefers every store to whatever is none, each nearest first: %s',
    (_, options) =>
      expect(inOrder(shipFromStore, sources, { destination, options })).toEqual([
        'NEAR STORE, ship from store: 111 km',
        'FAR STORE, ship from store: 222 km',
        'HUB, warehouse after stores: 5.6 km',
        'OTHER, warehouse after stores: priority 4',
      ]),
  );

  it('goes by priority where nobody said where to', () =>
    expect(inOrder(shipFromStore, sources)).toEqual([
      'FAR STORE, ship from store: priority 2',
      'NEAR STORE, ship from store: priority 3',
      'HUB, warehouse after stores: priority 1',
      'OTHER, warehouse after stores: priority 4',
    ]));

  it('may be from stores alone', () =>
    expect(inOrder(shipFromStore, sources, { destination, options: { stores: 'only' } })).toEqual([
      'NEAR STORE, ship from store: 111 km',
      'FAR STORE, ship from store: 222 km',
    ]));

  it('may leave stores out', () =>
    expect(inOrder(shipFromStore, sources, { destination, options: { stores: 'excluded' } })).toEqual([
      'HUB, warehouse, stores excluded: 5.6 km',
      'OTHER, warehouse, stores excluded: priority 4',
    ]));
});
