import { dayIn, isTimeZone, startOfDay } from './time-zones.js';

const starts = (day: string, zone: string, addDays?: number): string => new Date(startOfDay(day, zone, addDays)).toISOString();

describe('days of a time zone', () => {
  it.each([
    ['2026-06-01', 'UTC', '2026-06-01T00:00:00.000Z'],
    ['2026-06-01', 'Europe/Berlin', '2026-05-31T22:00:00.000Z'],
    ['2026-01-01', 'Europe/Berlin', '2025-12-31T23:00:00.000Z'],
    ['2026-06-01', 'America/Sao_Paulo', '2026-06-01T03:00:00.000Z'],
    ['2026-06-01', 'Asia/Kolkata', '2026-05-31T18:30:00.000Z'],
    ['2026-06-01', 'Pacific/Kiritimati', '2026-05-31T10:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, instant) => expect(starts(day, zone)).toBe(instant));

  it.each([
    ['the day on which clocks are put forward', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['the day after it', '2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['the day on which they are put back', '2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['the day after it', '2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['a day without midnight, as clocks go from 0 to 1 then', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['a day after an hour that was repeated before midnight', '2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['a day without midnight', '2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['a day with two midnights, from the first', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['a day that a zone left out, as the next', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('begin right: %s', (_, day, zone, instant) => expect(starts(day, zone)).toBe(instant));

  it('end where the next begins', () => {
    expect(starts('2026-05-31', 'Europe/Berlin', 1)).toBe('2026-05-31T22:00:00.000Z');
    expect(starts('2026-02-28', 'UTC', 1)).toBe('2026-03-01T00:00:00.000Z');
    expect(starts('2026-05-31', 'Europe/Berlin', 1 - 3)).toBe('2026-05-28T22:00:00.000Z');
  });

  it('are those in which their instants lie, in zones that change their clocks', () => {
    for (const [zone, month] of [
      ['America/Santiago', 8],
      ['America/Havana', 10],
      ['Australia/Lord_Howe', 3],
      ['Asia/Beirut', 2],
    ] as const) {
      for (let at = Date.UTC(2026, month, 1); at < Date.UTC(2026, month + 1, 5); at += 86_400_000) {
        const day = new Date(at).toISOString().slice(0, 10);
        const start = startOfDay(day, zone);
        expect([dayIn(start, zone), dayIn(start - 1, zone) < day]).toEqual([day, true]);
      }
    }
  });

  it('know a zone by its name', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'].map(isTimeZone)).toEqual([true, true, true, true]);
    expect(['', 'Berlin', '+01:00', 'Europe/Nowhere', 'Europe/Berlin '].map(isTimeZone)).toEqual([false, false, false, false, false]);
  });
});
