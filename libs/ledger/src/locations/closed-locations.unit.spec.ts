import { jest } from '@jest/globals';
import type { EventStore, Position, RecordedEvent, SubscribeOptions } from '@holdfast/event-store';
import { followClosedLocations } from './closed-locations.js';

/** A log whose newest event has position 5 and whose pages come when the spec says so. */
class SlowLog {
  readonly heads: ((position: Position) => void)[] = [];
  readonly subscriptions: SubscribeOptions[] = [];
  stopped = 0;

  get store(): EventStore {
    const subscribe = (options: SubscribeOptions) => {
      this.subscriptions.push(options);
      return { stop: async () => void (this.stopped += 1) };
    };
    const head = () => new Promise<Position>((resolve) => this.heads.push(resolve));
    return { head, subscribe } as unknown as EventStore;
  }

  async page(position: Position, events: readonly RecordedEvent[] = []): Promise<void> {
    await this.subscriptions[0]?.onBatch({ events, position, live: false });
  }
}

const blocked: RecordedEvent = {
  ...{ id: 'e', type: 'LocationChanged.v1', stream: 'locations-t', revision: 0, position: 1n, recordedAt: 0 },
  data: { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10, blocked: true },
  metadata: { tenant: 't', at: 0, commandId: 'c' },
};

describe('the closed locations of a log that is read slowly', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('are read on after a wait for them ended in vain, and known once its end is reached', async () => {
    const log = new SlowLog();
    const closed = followClosedLocations(log.store);
    const first = closed.known();
    const failed = expect(first).rejects.toMatchObject({ code: 'event_store_unavailable' });
    log.heads[0]?.(5n);
    await jest.advanceTimersByTimeAsync(29_000);
    await log.page(2n, [blocked]);
    await jest.advanceTimersByTimeAsync(2_000);
    await failed;
    const second = closed.known();
    await jest.advanceTimersByTimeAsync(1_000);
    expect([log.heads.length, log.subscriptions.length, log.stopped, closed.isKnown]).toEqual([1, 1, 0, false]);
    await log.page(5n);
    await expect(second).resolves.toBeUndefined();
    expect([closed.isKnown, closed.of('t').has('BER'), jest.getTimerCount()]).toEqual([true, true, 0]);
    await closed.stop();
    expect(log.stopped).toBe(1);
  });

  it('are read no more once they are stopped, and nobody waits for them then', async () => {
    const log = new SlowLog();
    const closed = followClosedLocations(log.store);
    const early = expect(closed.known()).rejects.toMatchObject({ code: 'event_store_unavailable' });
    await closed.stop();
    log.heads[0]?.(5n);
    await early;
    expect([log.subscriptions.length, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('are asked for again where the end of the log could not be found', async () => {
    const log = new SlowLog();
    const head = jest.fn<EventStore['head']>().mockRejectedValueOnce(new Error('away')).mockResolvedValue(-1n);
    const closed = followClosedLocations({ ...log.store, head });
    await expect(closed.known()).rejects.toThrow('away');
    await expect(closed.known()).resolves.toBeUndefined();
    expect([closed.isKnown, log.subscriptions.length]).toEqual([true, 1]);
  });
});
