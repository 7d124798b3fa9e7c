import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { MemoryEventStore } from '@holdfast/event-store';
import type { PositionGate } from '@holdfast/read-model';
import { Freshness } from './freshness.js';

describe('the age of what the tables show', () => {
  let now = 1_000;
  const store = new MemoryEventStore({ now: () => now });
  const reads = jest.spyOn(store, 'readAll');
  const freshness = new Freshness({} as PositionGate, store, () => now);
  const ages = (position: bigint): Promise<readonly number[]> => Promise.all(Array.from({ length: 50 }, () => freshness.ageMs(position)));

  it('is that of the oldest event that they lack, for whoever asks at the price of one read', async () => {
    await store.append('stock-acme.TEE', -1, [
      { id: randomUUID(), type: 'StockReceived.v1', data: {}, metadata: { tenant: 'acme', at: now, commandId: 'c' } },
    ]);
    now += 40;
    expect(new Set(await ages(-1n))).toEqual(new Set([40]));
    expect(new Set(await ages(0n))).toEqual(new Set([0]));
    expect(reads).toHaveBeenCalledTimes(1);
    now += 100;
    expect(new Set(await ages(-1n))).toEqual(new Set([140]));
    expect(reads).toHaveBeenCalledTimes(2);
  });

  it('is asked for again after a failure', async () => {
    now += 100;
    reads.mockRejectedValueOnce(new Error('away'));
    await expect(freshness.ageMs(-1n)).rejects.toThrow('away');
    expect(await freshness.ageMs(0n)).toBe(0);
  });
});
