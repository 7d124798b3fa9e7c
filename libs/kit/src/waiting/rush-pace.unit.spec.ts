import { RushPace } from './rush-pace.js';

const MOST = 1_000;
const LEAST_MS = 400;

describe('the pace of batches in a rush', () => {
  /** Whether the next batch waits, on a clock that stands: the pause is real, so it is measured only against none at all. */
  async function waits(items: readonly number[], workMs: number, everyMs = 0): Promise<boolean> {
    let now = 0;
    const pace = new RushPace(MOST, LEAST_MS, () => now);
    for (const [index, count] of items.entries()) {
      if (index > 0) now += everyMs;
      pace.begin(count);
    }
    now += workMs;
    const stop = new AbortController();
    let over = false;
    const next = pace.next(stop.signal).then(() => (over = true));
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    const waited = !over;
    stop.abort();
    await next;
    return waited;
  }

  it('lets the next batch wait behind a large one, for so long after it began', async () => {
    expect(await waits([500], 0)).toBe(true);
    expect(await waits([500], LEAST_MS - 1)).toBe(true);
    expect(await waits([500], LEAST_MS)).toBe(false);
  });

  it('lets the next batch wait behind many small ones: 800 a second are a rush, 300 are none', async () => {
    const often = Array.from({ length: 50 }, () => 40);
    expect(await waits(often, 0, 50)).toBe(true);
    expect(
      await waits(
        often.map(() => 15),
        0,
        50,
      ),
    ).toBe(false);
  });

  it('lets nothing wait behind a few items, before the first batch, behind a full one, nor once a rush is over', async () => {
    expect(await waits([99], 0)).toBe(false);
    expect(await waits([0], 0)).toBe(false);
    expect(await waits([], 0)).toBe(false);
    expect(await waits([MOST], 0)).toBe(false);
    expect(await waits([500, 1], 0, 1_000)).toBe(false);
  });
});
