import { isoOf, localOf, placeOf, timeAt } from './clocks.js';

const FROM = Date.parse('2026-03-01T00:00:00Z');
const TO = FROM + 1_000_000;

describe('the clocks of time travel', () => {
  it('show a time as the field of this time zone takes it, and read it back to the millisecond', () => {
    const iso = '2026-03-02T07:30:15.123Z';
    expect(localOf(iso)).toMatch(/^2026-03-0[123]T\d\d:\d\d:15\.123$/);
    expect(isoOf(localOf(iso))).toBe(iso);
  });

  it.each(['', 'soon'])('read nothing from %j', (local) => expect(isoOf(local)).toBeUndefined());
  it('show nothing where no time is set', () => expect(localOf(undefined)).toBe(''));

  it('put a time on the slider and take it from there', () => {
    expect(placeOf(timeAt(250, FROM, TO), FROM, TO)).toBe(250);
    expect(placeOf(undefined, FROM, TO)).toBe(1_000);
    expect(placeOf('2020-01-01T00:00:00Z', FROM, TO)).toBe(0);
    expect(placeOf('2030-01-01T00:00:00Z', FROM, TO)).toBe(1_000);
  });
});
