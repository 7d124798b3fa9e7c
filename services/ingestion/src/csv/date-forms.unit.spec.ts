import { isoOf } from './date-forms.js';

describe('dates of a file', () => {
  it.each([
    ['2026-11-01', 'iso', '2026-11-01T00:00:00Z'],
    ['2026-11-01 7:05', 'iso', '2026-11-01T07:05:00Z'],
    ['1.11.2026', 'dd.mm.yyyy', '2026-11-01T00:00:00Z'],
    ['01/11/2026 23:59:58', 'dd/mm/yyyy', '2026-11-01T23:59:58Z'],
    ['01/11/2026', 'mm/dd/yyyy', '2026-01-11T00:00:00Z'],
    ['2026/1/11', 'yyyy/mm/dd', '2026-01-11T00:00:00Z'],
    ['2026-11-01', 'dd/mm/yyyy', '2026-11-01T00:00:00Z'],
  ] as const)('%s as %s is %s', (cell, form, iso) => expect(isoOf(cell, form)).toBe(iso));

  it.each(['01/11/2026', '1.11.2026', '2026-11-01T10:00:00+02:00', '45962', 'yesterday'])('%s is never guessed', (cell) =>
    expect(isoOf(cell)).toBe(cell),
  );
});
