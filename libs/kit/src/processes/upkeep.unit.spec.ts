import type { Timers } from '../index.js';
import { Upkeep, type Chore } from './upkeep.js';

const HOUR_MS = 3_600_000;

/** Timers that ring when a test says so. */
class HandTimers implements Timers {
  private readonly set = new Map<() => void, number>();

  after(delayMs: number, run: () => void): () => void {
    this.set.set(run, delayMs);
    return () => this.set.delete(run);
  }

  get delays(): readonly number[] {
    return [...this.set.values()];
  }

  async ring(): Promise<void> {
    const rung = [...this.set.keys()];
    this.set.clear();
    for (const run of rung) run();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

function upkeepOf(chore: Partial<Chore>, random = 0.5) {
  const timers = new HandTimers();
  const runs: (readonly [string, unknown])[] = [];
  const given: Chore = { name: 'inbox', everyMs: HOUR_MS, run: () => Promise.resolve(), ...chore };
  const upkeep = new Upkeep([given], { timers, random: () => random, onRun: (name, error) => runs.push([name, error]) });
  upkeep.start();
  return { timers, runs, upkeep };
}

describe('upkeep', () => {
  it('runs first within seconds of the start, however long its interval, and not at once', () => {
    expect(upkeepOf({}, 0).timers.delays).toEqual([1_000]);
    expect(upkeepOf({}, 0.999).timers.delays[0]).toBeLessThan(10_000);
    expect(upkeepOf({ everyMs: 50 }).timers.delays).toEqual([50]);
  });

  it('runs again at its interval, and tells of each run and of what failed', async () => {
    let failing = true;
    const run = async (): Promise<void> => {
      if (failing) throw new Error('no disk left');
    };
    const { timers, runs, upkeep } = upkeepOf({ run });
    await timers.ring();
    expect(timers.delays).toEqual([HOUR_MS]);
    failing = false;
    await timers.ring();
    expect(runs).toEqual([
      ['inbox', new Error('no disk left')],
      ['inbox', undefined],
    ]);
    await upkeep.stop();
    expect(timers.delays).toEqual([]);
  });

  it('tells a long run to stop and waits for it', async () => {
    let told = false;
    let end: () => void = () => undefined;
    const { timers, upkeep } = upkeepOf({
      run: (stopping) => {
        stopping.addEventListener('abort', () => (told = true), { once: true });
        return new Promise<void>((resolve) => (end = resolve));
      },
    });
    await timers.ring();
    let stopped = false;
    const stopping = upkeep.stop().then(() => (stopped = true));
    await Promise.resolve();
    expect([told, stopped]).toEqual([true, false]);
    end();
    await stopping;
    expect(timers.delays).toEqual([]);
  });
});
