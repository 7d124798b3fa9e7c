import { hot } from './hot.js';

describe('the benchmark of one hot SKU', () => {
  it('measures both sides on durable engines and reports', async () => {
    const said: string[] = [];
    const report = await hot.run({ rounds: 1, seconds: 0.2, full: false, say: (text) => said.push(text) });
    expect(report.name).toBe('hot');
    expect(report.rounds).toHaveLength(1);
    for (const side of [report.baseline, report.holdfast]) {
      expect(side?.perSecond).toBeGreaterThan(0);
      expect(side?.p50Ms).toBeGreaterThan(0);
      expect(side?.p99Ms).toBeGreaterThanOrEqual(side?.p50Ms ?? Number.NaN);
    }
    expect(report.ratio).toBeGreaterThan(0);
    expect(said).toHaveLength(1);
  });
});
