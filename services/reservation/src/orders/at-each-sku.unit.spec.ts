import { EventStoreUnavailable } from '@holdfast/event-store';
import { systemClock } from '@holdfast/kit';
import { SKUS_AT_ONCE } from '../limits.js';
import { atEachSku } from './at-each-sku.js';

const env = { clock: systemClock };
const LINES = Array.from({ length: 1_000 }, (_, line) => line);

describe('a step at each SKU of an order', () => {
  it('begins with those of a short one at once', () => {
    const started: number[] = [];
    void atEachSku(env, LINES.slice(0, SKUS_AT_ONCE.first), async (line) => started.push(line));
    expect(started).toHaveLength(SKUS_AT_ONCE.first);
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
    const doubled = await atEachSku(env, LINES, async (line) => {
      started += 1;
      return line * 2;
    });
    over = true;
    expect(doubled).toEqual(LINES.map((line) => line * 2));
    expect(seen.size).toBeGreaterThan(4);
  });

  it('is done at all before it throws what the first failure threw', async () => {
    let done = 0;
    const failing = atEachSku(env, LINES, async (line) => {
      await Promise.resolve();
      done += 1;
      if (line === 3 || line === 900) throw new Error(`line ${line}`);
    });
    await expect(failing).rejects.toThrow('line 3');
    expect(done).toBe(1_000);
  });

  it('is begun at no further SKU while the store is unavailable', async () => {
    let begun = 0;
    const failing = atEachSku(env, LINES, async () => {
      begun += 1;
      await Promise.resolve();
      throw new EventStoreUnavailable('away');
    });
    await expect(failing).rejects.toThrow('away');
    expect(begun).toBe(SKUS_AT_ONCE.first);
  });
});
