import { RushPace } from './rush-pace.js';

const MOST = 1_000;

describe('the pace of batches in a rush', () => {
  /** What is left to wait, on a clock that stands: the pause is real, so it is measured only against none at all. */
  async function waits(items: number, workMs: number, leastMs?: number): Promise<boolean> {
    let now = 0;
    const pace = new RushPace(MOST, leastMs, () => now);
    pace.begin(items);
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

  it('lets the next batch wait behind a large one, until a quarter of a second after it began', async () => {
    expect(await waits(500, 0)).toBe(true);
    expect(await waits(500, 249)).toBe(true);
    expect(await waits(500, 250)).toBe(false);
  });

  it('lets it wait as long as a reader asks for', async () => {
    expect(await waits(500, 999, 1_000)).toBe(true);
    expect(await waits(500, 1_000, 1_000)).toBe(false);
  });

  it('lets nothing wait behind a few items, before the first batch, nor behind a full one', async () => {
    expect(await waits(99, 0)).toBe(false);
    expect(await waits(0, 0)).toBe(false);
    expect(await waits(MOST, 0)).toBe(false);
  });
});
