import { parseDay, periodOf } from './days.js';

describe('a calendar day', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('%s begins at %s', (day, start) => {
    expect(new Date(parseDay(day) ?? 0).toISOString()).toBe(start);
  });

  it.each(['2026-02-29', '2026-3-1', '2026-03-01T00:00:00Z', '20260301', '', 20260301])('%s is none', (value) => {
    expect(parseDay(value)).toBeUndefined();
  });
});

describe('a period', () => {
  it('includes both days', () => {
    expect(periodOf({ fromDate: '2026-03-01', toDate: '2026-03-01' })).toEqual({
      from: new Date('2026-03-01T00:00:00Z'),
      until: new Date('2026-03-02T00:00:00Z'),
    });
  });

  it('may be open at either end', () => {
    expect(periodOf({})).toEqual({});
    expect(periodOf({ toDate: '2026-03-01' })).toEqual({ until: new Date('2026-03-02T00:00:00Z') });
  });

  it('does not end before it begins', () => {
    expect(() => periodOf({ fromDate: '2026-03-02', toDate: '2026-03-01' })).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_period' }),
    );
  });
});
