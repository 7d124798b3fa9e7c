import { EventEmitter } from 'node:events';
import { watchAbortListeners } from '@holdfast/testing';
import { until } from '../contract/bench.js';
import { START } from '../port.js';
import { followAll, type SubscriptionSource } from './subscribing.js';

/** A call to the server that says nothing until a test lets it. */
class Call extends EventEmitter {
  unsubscribed = false;
  resume = (): void => undefined;
  unsubscribe = (): Promise<void> => {
    this.unsubscribed = true;
    return Promise.resolve();
  };
}

function server(): { readonly source: SubscriptionSource; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const client = {
    subscribeToAll: () => {
      const call = new Call();
      calls.push(call);
      return call;
    },
  };
  return { source: { client, head: () => Promise.resolve(5n) } as unknown as SubscriptionSource, calls };
}

describe('a subscription that the server ends', () => {
  it('keeps nothing of the calls before when it subscribes again', async () => {
    const listeners = watchAbortListeners();
    const { source, calls } = server();
    const subscription = followAll(source, { after: START, onBatch: () => Promise.resolve() });
    await until(() => calls.length === 1, 'it has subscribed');
    const atFirst = listeners.count();
    for (let reopened = 1; reopened <= 3; reopened += 1) {
      calls.at(-1)?.emit('end');
      await until(() => calls.length === reopened + 1, 'it has subscribed again');
    }
    expect(listeners.count()).toBe(atFirst);
    expect(calls.map(({ unsubscribed }) => unsubscribed)).toEqual([true, true, true, false]);
    await subscription.stop();
    expect(listeners.count()).toBe(0);
    listeners.stop();
  });
});
