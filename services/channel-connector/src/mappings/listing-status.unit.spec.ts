import { listingStatus } from './listing-status.js';

const listing = {
  listingId: 'L-1',
  version: '8',
  sentVersion: '8',
  fault: null,
  pendingReference: null,
  conflictId: null,
  shownAt: new Date(5_000),
};
const here = { gone: false, staleBefore: null };
const gone = { gone: true, staleBefore: null };

describe('the status of a listing', () => {
  it('is ok once the newest figure was told', () => expect(listingStatus(listing, here)).toBe('ok'));

  it('is stale while a newer figure waits, or none was ever told', () => {
    expect(listingStatus({ ...listing, version: '9' }, here)).toBe('stale');
    expect(listingStatus({ ...listing, sentVersion: null }, here)).toBe('stale');
  });

  it('is stale once the channel has not confirmed it for too long', () => {
    expect(listingStatus(listing, { gone: false, staleBefore: new Date(5_000) })).toBe('ok');
    expect(listingStatus(listing, { gone: false, staleBefore: new Date(5_001) })).toBe('stale');
  });

  it('is error after a failed attempt, and on a channel that is gone', () => {
    expect(listingStatus({ ...listing, version: '9', fault: 'receiver answered 500' }, here)).toBe('error');
    expect(listingStatus({ ...listing, version: '9' }, gone)).toBe('error');
  });

  it('stays ok on a channel that is gone but knew the newest figure', () => expect(listingStatus(listing, gone)).toBe('ok'));

  it('is stale while the channel has accepted the newest figure and does not show it yet', () =>
    expect(listingStatus({ ...listing, pendingReference: 'feed-1' }, here)).toBe('stale'));

  it('is error where the channel did not show what it had accepted', () =>
    expect(listingStatus({ ...listing, fault: 'the channel shows 3' }, here)).toBe('error'));

  it('is conflict while a person has to decide', () => expect(listingStatus({ ...listing, conflictId: 'c-1' }, here)).toBe('conflict'));

  it('is unmapped without a listing', () => expect(listingStatus({ ...listing, listingId: null }, here)).toBe('unmapped'));
});
