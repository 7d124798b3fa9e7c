import { setImmediate as nextTurn } from 'node:timers/promises';
import { Windows } from './window.js';

describe('the window of a key', () => {
  const wide = { waiting: 10, waitingBytes: 1_000, allWaitingBytes: 1_000 };

  it('lets so many through at once, the others in the order in which they came, and refuses more at once', async () => {
    const windows = new Windows({ ...wide, atOnce: 2, waiting: 3 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const ask = (number: number): Promise<number> =>
      windows.pass('hot', 1, async () => {
        begun.push(number);
        await new Promise<void>((end) => ends.push(end));
        return number;
      });
    const served = [1, 2, 3, 4, 5].map(ask);
    await expect(ask(6)).rejects.toMatchObject({ status: 503, code: 'sku_busy', headers: { 'retry-after': '1' } });
    expect(begun).toEqual([1, 2]);
    while (begun.length < 5) {
      ends.shift()?.();
      await nextTurn();
    }
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    for (const end of ends) end();
    expect(await Promise.all(served)).toEqual([1, 2, 3, 4, 5]);
    expect(windows.size).toBe(0);
  });

  it('keeps nobody of another key waiting', async () => {
    const windows = new Windows({ ...wide, atOnce: 1 });
    let end = (): void => undefined;
    const storm = windows.pass('hot', 1, () => new Promise<void>((resolve) => (end = resolve)));
    const behind = windows.pass('hot', 1, () => Promise.resolve('late'));
    expect(await windows.pass('cold', 1, () => Promise.resolve('served'))).toBe('served');
    end();
    await storm;
    expect(await behind).toBe('late');
  });

  it('goes on after work that failed', async () => {
    const windows = new Windows({ ...wide, atOnce: 1, waiting: 1 });
    const failing = windows.pass('hot', 1, () => Promise.reject(new Error('no')));
    const next = windows.pass('hot', 1, () => Promise.resolve(1));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(1);
    expect(windows.size).toBe(0);
  });

  it('refuses at once what would make the waiting bodies of a key, or of all, too large', async () => {
    const windows = new Windows({ atOnce: 1, waiting: 10, waitingBytes: 100, allWaitingBytes: 150 });
    const ends: (() => void)[] = [];
    const ask = (key: string, bytes: number): Promise<void> => windows.pass(key, bytes, () => new Promise<void>((end) => ends.push(end)));
    const endAll = async (served: readonly Promise<void>[]): Promise<void> => {
      for (let turns = 0; turns < served.length; turns += 1) {
        for (const end of ends.splice(0)) end();
        await nextTurn();
      }
      await Promise.all(served);
    };
    const served = [ask('hot', 1_000_000), ask('hot', 60), ask('other', 1_000_000)];
    await expect(ask('hot', 41)).rejects.toMatchObject({ status: 503, code: 'sku_busy' });
    served.push(ask('hot', 40));
    await expect(ask('other', 51)).rejects.toMatchObject({ code: 'sku_busy' });
    served.push(ask('other', 50));
    await endAll(served);
    // All is given back.
    await endAll([ask('hot', 0), ask('hot', 100)]);
    expect(windows.size).toBe(0);
  });
});
