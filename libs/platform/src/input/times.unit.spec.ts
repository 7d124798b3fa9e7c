import { parseTime } from './times.js';

describe('times', () => {
  it('reads RFC 3339 with its offset', () => {
    expect(parseTime('2026-03-01T12:00:00Z')).toBe(Date.UTC(2026, 2, 1, 12));
    expect(parseTime('2026-03-01T12:00:00.250+02:00')).toBe(Date.UTC(2026, 2, 1, 10, 0, 0, 250));
    expect(parseTime('2024-02-29t00:00:00z')).toBe(Date.UTC(2024, 1, 29));
  });

  it.each([
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T24:00:00+01:00',
    '01/03/2026',
    '',
    1_700_000_000_000,
    null,
  ])('refuses %j', (value) => expect(parseTime(value)).toBeUndefined());

  it('reads times from 1970 on, as the published schemas have them', () => {
    expect(parseTime('1970-01-01T00:00:00Z')).toBe(0);
    expect(parseTime('1969-12-31T23:59:59.999Z')).toBeUndefined();
    expect(parseTime('1970-01-01T01:00:00+02:00')).toBeUndefined();
  });
});
