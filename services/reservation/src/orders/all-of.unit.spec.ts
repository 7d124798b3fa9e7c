import { allOf } from './all-of.js';

const LINES = Array.from({ length: 1_000 }, (_, line) => line);

describe('work on all lines of an order', () => {
  it('starts those of a short one at once', () => {
    const started: number[] = [];
    void allOf(LINES.slice(0, 100), async (line) => started.push(line));
    expect(started).toHaveLength(100);
  });

  it('lets others run while a long one is started, and answers in the order of the lines', async () => {
    let started = 0;
    const seen = new Set<number>();
    let over = false;
    const look = (): void => {
      seen.add(started);
      if (!over) setImmediate(look);
    };
    setImmediate(look);
    const doubled = await allOf(LINES, async (line) => {
      started += 1;
      return line * 2;
    });
    over = true;
    expect(doubled).toEqual(LINES.map((line) => line * 2));
    expect(seen.size).toBeGreaterThan(4);
  });

  it('waits for all before it throws what the first failure threw', async () => {
    let done = 0;
    const failing = allOf(LINES, async (line) => {
      await Promise.resolve();
      done += 1;
      if (line === 3 || line === 900) throw new Error(`line ${line}`);
    });
    await expect(failing).rejects.toThrow('line 3');
    expect(done).toBe(1_000);
  });
});
