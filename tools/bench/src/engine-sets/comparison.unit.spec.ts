import { enginesTable, enginesTargets, type ComparedRow } from './comparison.js';

const SETS = ['embedded', 'Kafka', 'Kafka, EventStoreDB'];
const ROWS: readonly ComparedRow[] = [
  { what: 'spread, reservations/s', bench: 'spread', values: [12_000, 11_000, 3_500] },
  { what: 'spread, p99 ms', bench: 'spread', values: [10, 12, 75] },
  { what: 'replay, lines/s', bench: 'replay', values: [700, null, 400] },
];

describe('engines compared', () => {
  it('have to reach their rate, their latency and the time of a replay on the last set', () =>
    expect(enginesTargets(SETS, ROWS).map(({ measured, wanted, met }) => [measured, wanted, met])).toEqual([
      ['3,500', '≥ 3000', true],
      ['75 ms', '≤ 60 ms', false],
      ['1.75×', '≤ 2×', true],
    ]));

  it('have to reach nothing where they were not measured', () =>
    expect(
      enginesTargets(
        SETS,
        ROWS.map((row) => ({ ...row, values: [row.values[0] ?? null, null, null] })),
      ),
    ).toEqual([]));

  it('are shown with the ratio to the first set, and what is missing as a dash', () => {
    const text = enginesTable({ name: 'engines', sets: SETS, rows: ROWS, targets: [], notes: ['SKIPPED: none'] });
    expect(text).toContain('11,000  0.917×');
    expect(text).toMatch(/replay, lines\/s +700 +– +400 {2}0\.571×/);
    expect(text).toContain('SKIPPED: none');
  });
});
