import { driftOf, type ToldListing } from './classify.js';

const listing: ToldListing = { wanted: 7, told: 7, prior: 10, earlier: [12, 9], isDue: false, isPending: false, isUndone: false };
const drift = (observed: number | null, change: Partial<ToldListing> = {}) => driftOf({ ...listing, ...change }, observed);

describe('what a channel shows beside what it should', () => {
  it('agrees where it shows what we want', () => {
    expect(drift(7)).toBeUndefined();
    expect(drift(7, { told: 3, isDue: true })).toBeUndefined();
  });

  it('is late while ours is on its way', () => {
    expect(drift(7, { wanted: 5, isDue: true })).toBe('late');
    expect(drift(99, { told: null, isDue: true })).toBe('late');
  });

  it('is lost where ours was taken and the figure before shows, or an older one that came after it', () => {
    expect(drift(10)).toBe('lost');
    expect(drift(9)).toBe('lost');
    expect(drift(12, { wanted: 5, isDue: true })).toBe('lost');
  });

  it('is a lag where the channel has not confirmed yet', () => {
    expect(drift(10, { isPending: true })).toBe('vendor_lag');
    expect(drift(11, { isPending: true })).toBe('foreign_edit');
  });

  it('is no edit where the first write is not made yet, or was not made: nothing is known of what showed before', () => {
    const first = { prior: null, earlier: [] };
    expect(drift(11, { ...first, isPending: true })).toBe('vendor_lag');
    expect(drift(11, { ...first, isUndone: true })).toBe('lost');
    expect(drift(11, first)).toBe('foreign_edit');
  });

  it('is doubled where the change went twice as far', () => expect(drift(4)).toBe('doubled'));

  it('is a foreign edit where nothing of ours explains it', () => {
    expect(drift(20)).toBe('foreign_edit');
    expect(drift(6, { prior: null, earlier: [] })).toBe('foreign_edit');
  });

  it('is unmapped where the channel does not know the listing', () => expect(drift(null)).toBe('unmapped'));
});
