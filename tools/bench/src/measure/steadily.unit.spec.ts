import { steadily } from './steadily.js';

describe('a steady rate', () => {
  it('gives every item once, with the time at which it was due', async () => {
    const items: { index: number; dueAt: number }[] = [];
    const began = performance.now();
    await steadily(400, 0.25, (group) => {
      items.push(...group);
      return Promise.resolve();
    });
    const tookMs = performance.now() - began;
    expect(items.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_none, index) => index));
    expect((items[99]?.dueAt ?? 0) - (items[0]?.dueAt ?? 0)).toBeCloseTo(247.5, 3);
    expect(tookMs).toBeGreaterThan(240);
  });

  it('goes on at its rate while earlier items are under way', async () => {
    let given = 0;
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const done = steadily(1_000, 0.1, (group) => {
      given += group.length;
      if (given === 100) release?.();
      return held;
    });
    await done;
    expect(given).toBe(100);
  });
});
