import { HeadWatch } from './head-watch.js';

const never = new AbortController().signal;

/** Whether the promise is settled by now. */
const settled = (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

describe('watching heads', () => {
  it('wakes who waits once the head has grown beyond what they have', async () => {
    const watch = new HeadWatch();
    watch.tell('1:5,2:9,');
    const waiting = watch.beyond(new Map([[1, 5]]), never);
    expect(await settled(waiting)).toBe(false);
    watch.tell('2:10,');
    expect(await settled(waiting)).toBe(false);
    watch.tell('1:6,');
    expect(await settled(waiting)).toBe(true);
  });

  it('lets nobody wait for what is there', async () => {
    const watch = new HeadWatch();
    watch.raise(1, 5);
    expect(await settled(watch.beyond(new Map([[1, 4]]), never))).toBe(true);
  });

  it('never falls back', () => {
    const watch = new HeadWatch();
    watch.raise(1, 5);
    watch.tell('1:3,');
    expect(watch.endOf(1)).toBe(5);
  });

  it('wakes on any of several heads, and on the end of the caller', async () => {
    const watch = new HeadWatch();
    const ending = new AbortController();
    const both = watch.beyond(
      new Map([
        [1, 0],
        [2, 0],
      ]),
      never,
    );
    const ended = watch.beyond(new Map([[3, 0]]), ending.signal);
    watch.raise(2, 1);
    ending.abort();
    expect([await settled(both), await settled(ended)]).toEqual([true, true]);
  });

  it('polls a head as long as anybody watches it', () => {
    const watch = new HeadWatch();
    const [one, other] = [watch.watch(7), watch.watch(7)];
    one();
    one();
    expect(watch.heads).toEqual([7]);
    other();
    expect(watch.heads).toEqual([]);
  });
});
