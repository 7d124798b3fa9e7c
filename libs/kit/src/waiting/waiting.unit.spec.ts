import { getEventListeners } from 'node:events';
import { GrowingPause, backOffMs, pause, Signal, whenAborted, within } from '../index.js';

const NEVER_MS = 2_000_000_000;
const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('a pause', () => {
  it('ends when the signal aborts', async () => {
    const stopping = new AbortController();
    const paused = pause(NEVER_MS, stopping.signal);
    stopping.abort();
    await expect(paused).resolves.toBeUndefined();
    await expect(pause(NEVER_MS, stopping.signal)).resolves.toBeUndefined();
  });

  it('leaves nothing on the signal when it ends by itself', async () => {
    const { signal } = new AbortController();
    await pause(1, signal);
    await new GrowingPause(1, 1).wait(signal);
    expect(listenersOf(signal)).toBe(0);
  });
});

describe('a back-off', () => {
  const bounds = { firstMs: 100, mostMs: 1_000 };

  it('doubles up to its bound, however often it failed', () =>
    expect([1, 2, 3, 4, 5, 1_000].map((failures) => backOffMs(failures, bounds))).toEqual([100, 200, 400, 800, 1_000, 1_000]));

  it('is spread over its upper half', () => expect([0, 0.5].map((random) => backOffMs(2, bounds, random))).toEqual([100, 150]));
});

describe('a signal', () => {
  const { signal } = new AbortController();

  it('wakes who waits, and does not let wait who looked before it was raised', async () => {
    const changed = new Signal();
    const seen = changed.count;
    const waited = changed.after(seen, NEVER_MS, signal);
    changed.raise();
    await expect(waited).resolves.toBeUndefined();
    await expect(changed.after(seen, NEVER_MS, signal)).resolves.toBeUndefined();
    expect(listenersOf(signal)).toBe(0);
  });

  it('ends the wait after the time', async () => {
    await expect(new Signal().after(0, 1, signal)).resolves.toBeUndefined();
    expect(listenersOf(signal)).toBe(0);
  });
});

describe('work with a time-out', () => {
  it('is answered where it ends in time, else by the error', async () => {
    await expect(within(NEVER_MS, Promise.resolve(1), () => new Error('late'))).resolves.toBe(1);
    await expect(within(1, new Promise(() => undefined), () => new Error('late'))).rejects.toThrow('late');
  });
});

describe('an action for the abort', () => {
  it('runs at once where that has happened, and never after it was detached', () => {
    const stopping = new AbortController();
    let runs = 0;
    whenAborted(stopping.signal, () => (runs += 1))();
    stopping.abort();
    expect(runs).toBe(0);
    whenAborted(stopping.signal, () => (runs += 1));
    expect(runs).toBe(1);
  });
});
