import { ownTurn } from './own-turn.js';
import { paced, type Pace } from './paced.js';

/** A server that answers one question after the other, each after so long, on a clock of its own. */
class Server {
  time = 0;
  most = 0;
  asked: number[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly eachMs: number) {}

  ask(item: number): Promise<number> {
    this.asked.push(item);
    const answer = new Promise<number>((resolve) => {
      this.waiting.push(() => resolve(item * 2));
    });
    this.most = Math.max(this.most, this.waiting.length);
    return answer;
  }

  get queue(): number {
    return this.waiting.length;
  }

  async run(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      this.time += this.eachMs;
      next();
      await ownTurn();
    }
  }
}

const items = Array.from({ length: 1_000 }, (_, index) => index);
const paceOf = (server: Server, changed: Partial<Pace> = {}): Pace => ({
  clock: { now: () => server.time },
  first: 64,
  least: 8,
  most: 512,
  quickMs: 750,
  isFatal: () => false,
  ...changed,
});

describe('work at a pace', () => {
  it('returns the results in the order of the items, and none for no item', async () => {
    const server = new Server(1);
    const work = paced(items, paceOf(server), (item) => server.ask(item));
    await server.run();
    expect(await work).toEqual(items.map((item) => item * 2));
    expect(await paced([], paceOf(server), () => Promise.resolve(1))).toEqual([]);
  });

  it('asks a quick server more and more at once', async () => {
    const server = new Server(0.1);
    const work = paced(items, paceOf(server), (item) => server.ask(item));
    await server.run();
    await work;
    expect(server.most).toBeGreaterThan(400);
    expect(server.most).toBeLessThanOrEqual(512);
  });

  it('asks a slow one as much as it answers in time', async () => {
    const server = new Server(20);
    const queues: number[] = [];
    const work = paced(items, paceOf(server), (item) => {
      queues.push(server.queue);
      return server.ask(item);
    });
    await server.run();
    await work;
    // 750 ms are 37 answers.
    const later = queues.slice(300);
    expect(Math.max(...later)).toBeLessThan(45);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(8 - 1);
  });

  it('finishes the others when one fails, and throws that failure', async () => {
    const done: number[] = [];
    const work = paced([1, 2, 3], paceOf(new Server(1), { first: 1 }), (item) => {
      done.push(item);
      return item === 2 ? Promise.reject(new Error('the second')) : Promise.resolve();
    });
    await expect(work).rejects.toThrow('the second');
    expect(done).toEqual([1, 2, 3]);
  });

  it('begins nothing more after a fatal failure or an abort', async () => {
    const stop = new AbortController();
    const begun: number[] = [];
    const begin = (item: number): Promise<number> => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error('fatal')) : Promise.resolve(item);
    };
    await expect(paced([1, 2, 3, 4], paceOf(new Server(1), { first: 1, most: 1, isFatal: () => true }), begin)).rejects.toThrow('fatal');
    expect(begun).toEqual([1, 2]);
    const results = await paced([5, 6, 7], paceOf(new Server(1), { first: 1, most: 1, signal: stop.signal }), (item) => {
      stop.abort();
      return Promise.resolve(item);
    });
    expect(results).toEqual([5]);
  });
});
