import { remainingExpiry } from './remaining-expiry.js';

describe('the date that remains after a merge', () => {
  it.each([
    [{}, 'earliest'],
    [{ expiry: 'latest' }, 'latest'],
    [{ expiry: '2026-06-30' }, '2026-06-30'],
    [{ expiryDate: '2026-06-30' }, '2026-06-30'],
    [{ expiry: '2026-06-30', expiryDate: null }, '2026-06-30'],
  ])('is what %j says: %s', (request, remains) => {
    expect(remainingExpiry(request)).toBe(remains);
  });

  it.each([
    [{ expiry: '2026-02-30' }, 'expiry'],
    [{ expiry: '2026-06-30', expiryDate: '2026-07-01' }, 'expiryDate'],
  ])('cannot be %j', (request, field) => {
    expect(() => remainingExpiry(request)).toThrow(expect.objectContaining({ status: 400, details: [expect.objectContaining({ field })] }));
  });
});
