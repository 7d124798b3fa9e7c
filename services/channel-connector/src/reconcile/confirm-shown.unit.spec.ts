import type { Figure } from '../providers/figures.js';
import { seenIn } from './confirm-shown.js';
import type { MappedListing } from './mapped-listings.js';
import { driftBetween, type Compared } from './treating.js';

const units = (quantity: number): Figure => ({ quantity, parts: [] });

/** The first write was accepted, and not made; nothing was known of the listing before. */
const undone: MappedListing = {
  sku: 'A',
  listingId: 'L-A',
  figure: units(7),
  wanted: 7,
  told: 7,
  prior: null,
  earlier: [],
  earlierPlaces: [],
  isDue: false,
  isPending: false,
  isUndone: true,
  strategy: 'channel_wins',
  version: '1',
  toldVersion: '1',
  shown: null,
};

const look = (listing: MappedListing, quantity: number): Compared => ({
  listing,
  shown: units(quantity),
  drift: driftBetween(listing, units(quantity)),
  isUnderWay: false,
  isExplained: false,
});

/** The listing as the next look finds it. */
function after(compared: Compared): MappedListing {
  const [seen] = seenIn([compared]);
  const { listing } = compared;
  return seen === undefined ? listing : { ...listing, isUndone: false, prior: listing.prior ?? seen.prior, shown: seen.shown };
}

describe('what was seen of a listing whose first write was not made', () => {
  it('is no edit at the second look either', () => {
    expect(look(undone, 20).drift).toBe('lost');
    expect(look(after(look(undone, 20)), 20).drift).toBe('lost');
  });

  it('is no edit where it was seen while the write was under way, and the write failed then', () => {
    const pending = { ...undone, isPending: true, isUndone: false };
    expect(look(pending, 20).drift).toBe('vendor_lag');
    expect(look({ ...after(look(pending, 20)), isPending: false }, 20).drift).toBe('lost');
  });

  it('is an edit where it is another figure than at the first look', () =>
    expect(look(after(look(undone, 20)), 33).drift).toBe('foreign_edit'));

  it('says nothing of what was before where something is known already, or a write is under way', () => {
    const told = look({ ...undone, shown: units(33), isUndone: false }, 33);
    expect(told.drift).toBe('foreign_edit');
    expect(seenIn([told])).toMatchObject([{ shown: units(33), prior: null }]);
    expect(seenIn([{ ...look(undone, 20), isUnderWay: true }])).toEqual([]);
  });
});
