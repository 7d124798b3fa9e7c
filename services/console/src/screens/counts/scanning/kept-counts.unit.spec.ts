import { ApiError } from '@holdfast/client';
import { afterFault, sendKept, type CountStore, type KeptCount, type Sent } from './kept-counts.js';

const count = (key: string, more: Partial<KeptCount> = {}): KeptCount => ({
  ...{ key, owner: 'demo.ann', batchId: 'cc_1', lineId: `line-${key}`, sku: 'TEE', quantity: 3, madeAt: Number(key) },
  ...more,
});

function inMemory(...counts: readonly KeptCount[]): CountStore & { readonly kept: Map<string, KeptCount> } {
  const kept = new Map(counts.map((each) => [each.key, each]));
  return {
    kept,
    all: (owner) => Promise.resolve([...kept.values()].filter((each) => each.owner === owner)),
    put: (each) => Promise.resolve(void kept.set(each.key, each)),
    remove: (key) => Promise.resolve(void kept.delete(key)),
  };
}

/** Answers one after the other, and remembers under which keys it was asked. */
function answering(...answers: readonly Sent[]): { readonly keys: string[]; readonly send: (count: KeptCount) => Promise<Sent> } {
  const keys: string[] = [];
  return { keys, send: ({ key }) => Promise.resolve(answers[keys.push(key) - 1] ?? 'unknown') };
}

describe('counts that were kept without a net', () => {
  it('are sent in their order, each under its key, and are gone once they were taken', async () => {
    const store = inMemory(count('1'), count('2'));
    const { keys, send } = answering('taken', 'taken');
    expect(await sendKept(store, 'demo.ann', send)).toBe(2);
    expect(keys).toEqual(['1', '2']);
    expect(store.kept.size).toBe(0);
  });

  it('stay where there is no answer, and are sent again under the same key', async () => {
    const store = inMemory(count('1'), count('2'));
    const { keys, send } = answering('unknown', 'taken', 'taken');
    expect(await sendKept(store, 'demo.ann', send)).toBe(0);
    expect(await sendKept(store, 'demo.ann', send)).toBe(2);
    expect(keys).toEqual(['1', '1', '2']);
  });

  it('that are refused stay with the reason, keep nobody waiting, and are not sent again', async () => {
    const store = inMemory(count('1'), count('2'));
    const { keys, send } = answering({ refused: 'batch_closed' }, 'taken', 'taken');
    expect(await sendKept(store, 'demo.ann', send)).toBe(1);
    expect([...store.kept.values()]).toEqual([count('1', { refused: 'batch_closed' })]);
    await sendKept(store, 'demo.ann', send);
    expect(keys).toEqual(['1', '2']);
  });

  it('of somebody else are left alone', async () => {
    const store = inMemory(count('1', { owner: 'demo.bob' }));
    const { keys, send } = answering('taken');
    expect(await sendKept(store, 'demo.ann', send)).toBe(0);
    expect(keys).toEqual([]);
  });

  const failed = { operation: 'counts.act', idempotencyKey: undefined, attempts: 1 };
  const fault = (status: number, code: string): ApiError =>
    new ApiError({ status, code, message: code, details: [], requestId: 'r1', retryAfterMs: undefined }, failed);
  it.each([
    [409, 'count_closed', { refused: 'count_closed' }],
    [409, 'count_busy', 'unknown'],
    [412, 'position_not_reached', 'unknown'],
    [401, 'unauthenticated', 'unknown'],
    [429, 'rate_limited', 'unknown'],
    [503, 'unavailable', 'unknown'],
  ])('of which %d %s was answered are %j', (status, code, expected) => expect(afterFault(fault(status, code))).toEqual(expected));
});
