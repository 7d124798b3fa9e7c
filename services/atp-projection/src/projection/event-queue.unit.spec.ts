import type { RecordedEvent, SubscriptionBatch } from '@holdfast/event-store';
import { EventQueue } from './event-queue.js';

const event = (position: number): RecordedEvent => ({
  id: String(position),
  type: 'X.v1',
  data: {},
  metadata: { tenant: 'acme', at: 0, commandId: 'c' },
  stream: 'stock-acme.A',
  revision: position,
  position: BigInt(position),
  recordedAt: 0,
});
const batch = (...positions: readonly number[]): SubscriptionBatch => ({
  events: positions.map(event),
  position: BigInt(positions.at(-1) ?? 0),
  live: true,
});
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  return (await Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(resolve, pending))])) !== pending;
};

describe('the queue between subscription and projection', () => {
  it('hands out what gathered, whole batches up to enough events', async () => {
    const queue = new EventQueue(100);
    await queue.push(batch(0, 1));
    await queue.push(batch(2));
    await queue.push(batch(3, 4, 5));
    expect(await queue.take(4)).toMatchObject({ position: 2n, events: [{ position: 0n }, { position: 1n }, { position: 2n }] });
    expect(await queue.take(1)).toMatchObject({ position: 5n });
    expect(queue.length).toBe(0);
  });

  it('waits for events', async () => {
    const queue = new EventQueue(100);
    const taking = queue.take(10);
    expect(await settled(taking)).toBe(false);
    await queue.push(batch(7));
    expect(await taking).toMatchObject({ position: 7n });
  });

  it('passes a position without events on', async () => {
    const queue = new EventQueue(100);
    await queue.push({ events: [], position: 9n, live: true });
    expect(await queue.take(10)).toEqual({ events: [], position: 9n });
  });

  it('makes the subscription wait when it is full', async () => {
    const queue = new EventQueue(2);
    const pushing = queue.push(batch(0, 1));
    expect(await settled(pushing)).toBe(false);
    await queue.take(10);
    await pushing;
  });

  it('ends for all who wait, and for whoever comes later', async () => {
    const queue = new EventQueue(1);
    const taking = queue.take(10);
    queue.fail(new Error('over'));
    await expect(taking).rejects.toThrow('over');
    await expect(queue.push(batch(0))).rejects.toThrow('over');
    const full = new EventQueue(1);
    const pushing = full.push(batch(0));
    full.fail(new Error('over'));
    await expect(pushing).rejects.toThrow('over');
    await expect(full.take(1)).rejects.toThrow('over');
  });
});
