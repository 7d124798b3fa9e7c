import { parallelByKey } from './parallel-by-key.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const keyOf = (item: string): string => item.slice(0, 1);

describe('working side by side', () => {
  it('keeps the order within a key and waits for nobody of another', async () => {
    const done: string[] = [];
    let endB = (): void => undefined;
    const bEnded = new Promise<void>((resolve) => (endB = resolve));
    await parallelByKey(['a1', 'b1', 'a2', 'b2'], { keyOf, atOnce: 2 }, async (item) => {
      if (item === 'a1') await bEnded;
      done.push(item);
      if (item === 'b2') endB();
    });
    expect(done).toEqual(['b1', 'b2', 'a1', 'a2']);
  });

  it('serves no more keys at once than allowed', async () => {
    let [now, most] = [0, 0];
    await parallelByKey(['a', 'b', 'c', 'd', 'e'], { keyOf, atOnce: 2 }, async () => {
      now += 1;
      most = Math.max(most, now);
      await pause(2);
      now -= 1;
    });
    expect(most).toBe(2);
  });

  it('leaves a key at its failure, brings the others to their end, and then fails', async () => {
    const done: string[] = [];
    const work = async (item: string): Promise<void> => {
      await pause(item.startsWith('b') ? 10 : 1);
      if (item === 'a2') throw new Error('a2 failed');
      done.push(item);
    };
    await expect(parallelByKey(['a1', 'a2', 'a3', 'b1', 'b2'], { keyOf, atOnce: 5 }, work)).rejects.toThrow('a2 failed');
    expect(done).toEqual(['a1', 'b1', 'b2']);
  });
});
