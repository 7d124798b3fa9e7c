import { setImmediate as nextTurn } from 'node:timers/promises';
import { Windows } from './window.js';

describe('the window of a key', () => {
  it('lets so many through at once, the others in the order in which they came, and refuses more at once', async () => {
    const windows = new Windows({ atOnce: 2, waiting: 3 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const ask = (number: number): Promise<number> =>
      windows.pass('hot', async () => {
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
    const windows = new Windows({ atOnce: 1, waiting: 10 });
    let end = (): void => undefined;
    const storm = windows.pass('hot', () => new Promise<void>((resolve) => (end = resolve)));
    const behind = windows.pass('hot', () => Promise.resolve('late'));
    expect(await windows.pass('cold', () => Promise.resolve('served'))).toBe('served');
    end();
    await storm;
    expect(await behind).toBe('late');
  });

  it('goes on after work that failed', async () => {
    const windows = new Windows({ atOnce: 1, waiting: 1 });
    const failing = windows.pass('hot', () => Promise.reject(new Error('no')));
    const next = windows.pass('hot', () => Promise.resolve(1));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(1);
    expect(windows.size).toBe(0);
  });
});
