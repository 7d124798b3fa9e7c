import type { Figure } from '../providers/figures.js';
import type { MappedListing } from './mapped-listings.js';
import { driftBetween } from './treating.js';

const at = (ber: number, ham: number): Figure => ({
  quantity: ber + ham,
  parts: [
    { remoteId: 'ber', quantity: ber },
    { remoteId: 'ham', quantity: ham },
  ],
});
const listing: MappedListing = {
  sku: 'A',
  listingId: 'L-A',
  figure: at(0, 2),
  wanted: 2,
  told: 2,
  prior: 5,
  earlier: [],
  earlierPlaces: [],
  isDue: false,
  isPending: false,
  isUndone: false,
  strategy: 'manual',
  version: '2',
  toldVersion: '1',
  shown: at(2, 0),
};
const drift = (shown: Figure, change: Partial<MappedListing> = {}) => driftBetween({ ...listing, ...change }, shown);

describe('the right sum at other places than ours', () => {
  it('is late while ours, which moves the units, is on its way, and a lag until the channel has made it', () => {
    expect(drift(at(2, 0), { isDue: true })).toBe('late');
    expect(drift(at(2, 0), { told: null, toldVersion: null, shown: null, isDue: true })).toBe('late');
    expect(drift(at(2, 0), { isPending: true })).toBe('vendor_lag');
  });

  it('is an edit where it is not what the listing showed before, or where nothing of ours is on its way', () => {
    expect(drift(at(1, 1), { isDue: true })).toBe('foreign_edit');
    expect(drift(at(2, 0))).toBe('foreign_edit');
    expect(drift(at(2, 0), { shown: at(0, 2) })).toBe('foreign_edit');
  });

  it('is an older figure of ours, not an edit, where it lies as ours once did, though no answer to that is known', () => {
    const earlierPlaces = [at(1, 4), at(1, 1)];
    expect(drift(at(1, 1), { earlierPlaces, told: 5, shown: at(1, 4), isDue: true })).toBe('lost');
    expect(drift(at(1, 1), { earlierPlaces })).toBe('lost');
    expect(drift(at(1, 1), { earlierPlaces, isPending: true })).toBe('vendor_lag');
    expect(drift(at(2, 0), { earlierPlaces, shown: null, isDue: true })).toBe('foreign_edit');
  });

  it('agrees at the same places', () => expect(drift(at(0, 2), { isDue: true })).toBeUndefined());
});
