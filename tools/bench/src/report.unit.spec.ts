import { atLeast, atMost, comparison, exactly, figure, table } from './report.js';

const round = (baseline: number, holdfast: number): { baseline: Rate; holdfast: Rate; ratio: number } => ({
  baseline: rate(baseline),
  holdfast: rate(holdfast),
  ratio: holdfast / baseline,
});
type Rate = { perSecond: number; p50Ms: number; p99Ms: number };
const rate = (perSecond: number): Rate => ({ perSecond, p50Ms: 1.2345, p99Ms: 20 });

const report = comparison({
  name: 'hot',
  baseline: 'SQL',
  holdfast: 'SkuLedger.execute',
  rounds: [round(1_000, 15_000), round(2_000, 60_000), round(1_500, 30_000)],
  leastRatio: 15,
  notes: ['one machine'],
});

describe('the report of a comparison', () => {
  it('has the medians of both sides, and of the ratios within each round', () =>
    expect(report).toMatchObject({
      name: 'hot',
      baseline: { name: 'SQL', perSecond: 1_500 },
      holdfast: { name: 'SkuLedger.execute', perSecond: 30_000 },
      ratio: 20,
      targets: [{ what: 'ratio', wanted: '≥ 15×', measured: '20×', met: true }],
    }));

  it('keeps every round', () => expect(report.rounds).toHaveLength(3));

  it('is a small table that says whether the target is met', () =>
    expect(table(report).split('\n')).toEqual([
      'hot                per second  p50 ms  p99 ms',
      'SQL                     1,500    1.23      20',
      'SkuLedger.execute      30,000    1.23      20',
      '',
      '✓ ratio 20×, wanted ≥ 15×: met',
      '  one machine',
    ]));

  it('says what was missed', () =>
    expect(table({ ...report, baseline: null, targets: [atLeast('ratio', 1.949, 2, '×')] })).toContain(
      '✗ ratio 1.95×, wanted ≥ 2×: missed',
    ));
});

describe('a target', () => {
  it('is met at the very figure wanted', () =>
    expect([atLeast('', 2, 2, '').met, atMost('', 2, 2, '').met, exactly('', 2, 2).met]).toEqual([true, true, true]));
  it('is missed just beside it', () =>
    expect([atLeast('', 1.99, 2, '').met, atMost('', 2.01, 2, '').met, exactly('', 1, 2).met]).toEqual([false, false, false]));
  it('is not met by what is no number', () => expect([atLeast('', NaN, 2, '').met, atMost('', NaN, 2, '').met]).toEqual([false, false]));
});

describe('a figure', () => {
  it.each([
    [61_234.5, '61,235'],
    [999.4, '999'],
    [2.3456, '2.35'],
    [0.05, '0.05'],
  ])('%d reads %s', (value, text) => expect(figure(value)).toBe(text));
});
