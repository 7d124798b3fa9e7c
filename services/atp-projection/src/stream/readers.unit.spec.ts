import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Bus, BusTail } from '@holdfast/messaging';
import { createLogger } from '@holdfast/platform';
import { LiveTopics } from './live-topics.js';
import { Readers } from './readers.js';

class FakeResponse extends EventEmitter {
  writableEnded = false;
  destroyed = false;
  writeHead = (): void => undefined;
  getHeaders = (): object => ({});
  write = (): boolean => true;
  end = (): void => void (this.writableEnded = true);
}

const response = (): ServerResponse => new FakeResponse() as unknown as ServerResponse;
const logger = createLogger({ logLevel: 'silent' }, 'test');
const busWhoseTails = (tail: () => Promise<BusTail>): Bus => ({ tail }) as unknown as Bus;
const subscription = (): BusTail => ({ stop: async () => undefined, nextOffsets: () => ({}) });

describe('readers that resume', () => {
  it('count no longer once their resuming has failed', async () => {
    let isAway = true;
    const bus = busWhoseTails(async () => {
      if (isAway) throw new Error('the bus is away');
      return subscription();
    });
    const readers = new Readers(new LiveTopics(bus, logger));
    for (let attempt = 0; attempt < 60; attempt += 1) await expect(readers.add(response, 'acme', {}, {})).rejects.toThrow('away');
    isAway = false;
    await readers.add(response, 'acme', {}, {});
  });
});

describe('listeners of the shared tail', () => {
  it('keep the new one, though another waits for one that fails late', async () => {
    const opened: { resolve: (tail: BusTail) => void; reject: (error: Error) => void }[] = [];
    const topics = new LiveTopics(
      busWhoseTails(() => new Promise((resolve, reject) => opened.push({ resolve, reject }))),
      logger,
    );
    const listen = (): ReturnType<LiveTopics['listen']> => topics.listen(async () => undefined);
    const [first, second] = [listen(), listen()];
    let third: ReturnType<LiveTopics['listen']> | undefined;
    const retried = first.catch(() => {
      third = listen();
    });
    opened[0]?.reject(new Error('away'));
    await retried;
    await expect(second).rejects.toThrow('away');
    let stops = 0;
    opened[1]?.resolve({ ...subscription(), stop: async () => void (stops += 1) });
    await (await third)?.leave();
    expect([opened.length, stops]).toEqual([2, 1]);
  });
});
