import { UnreadableEvent } from '@holdfast/contracts';
import { EventStoreUnavailable, InvalidAppend, MemoryEventStore } from '@holdfast/event-store';
import { FaultyEventStore } from '../../test/faulty-event-store.js';
import { broken, put, counters, take } from '../../test/counter.js';
import { virtualTiming } from '../../test/virtual-timing.js';
import type { ProcessorLimits } from './limits.js';
import type { TurnFigures } from './observer.js';
import { StreamBusy } from './outcome.js';
import { StreamProcessor } from './stream-processor.js';

const STREAM = 'counter-t.1';

function surroundings(limits: Partial<ProcessorLimits> = {}) {
  const memory = new MemoryEventStore();
  const store = new FaultyEventStore(memory);
  const turns: TurnFigures[] = [];
  const observer = { turnEnded: (turn: TurnFigures) => void turns.push(turn) };
  const open = (eventStore = store) => new StreamProcessor(counters, { eventStore, limits, timing: virtualTiming(), observer });
  const processor = open();
  const execute = (command: Parameters<typeof processor.execute>[2]) => processor.execute(STREAM, 't', command);
  const stored = async () => (await memory.readStream(STREAM)).map((event) => event.type);
  return { memory, store, turns, open, processor, execute, stored };
}

describe('processing commands on a stream', () => {
  it('stores what was decided and answers it', async () => {
    const { execute, memory } = surroundings();
    await execute(put(3));
    const outcome = await execute(take('a'));
    expect(outcome).toMatchObject({ kind: 'accepted', events: [{ type: 'UnitTaken', taker: 'taker-a' }], revision: 1, position: 1n });
    expect(outcome.state.left).toBe(2);
    const [, stored] = await memory.readStream(STREAM);
    expect(stored).toMatchObject({
      type: 'UnitTaken.v1',
      data: { taker: 'taker-a' },
      metadata: { tenant: 't', at: 2_000, commandId: 'taker-a' },
    });
    expect(stored?.data).not.toHaveProperty('type');
  });

  it('writes down who asked', async () => {
    const { processor, memory } = surroundings();
    await processor.execute(STREAM, 't', put(1), { actor: 'ann', correlationId: 'c-9' });
    expect((await memory.readStream(STREAM))[0]?.metadata).toMatchObject({ actor: 'ann', correlationId: 'c-9' });
  });

  it('takes all that wait in one append, in the order in which they came', async () => {
    const { execute, store, turns } = surroundings();
    await execute(put(10));
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_none, n) => execute(take(n))));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array.from({ length: 30 }, (_none, n) => (n < 10 ? 'accepted' : 'refused')));
    expect(outcomes.slice(0, 10).map((outcome) => outcome.kind === 'accepted' && outcome.revision)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(store.appends).toHaveLength(2);
    expect(turns.at(-1)).toMatchObject({ commands: 30, events: 10, conflicts: 0 });
  });

  it('lets the next turn gather while one is under way', async () => {
    const { execute, store } = surroundings();
    await execute(put(100));
    const first = execute(take('first'));
    while (store.appends.length < 2) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, ...Array.from({ length: 20 }, (_none, n) => execute(take(n)))]);
    expect(store.appends.map(({ events }) => events.length)).toEqual([1, 1, 20]);
  });

  it('puts no more into one append than its limit', async () => {
    const { execute, store } = surroundings({ eventsPerAppend: 10 });
    await execute(put(100));
    await Promise.all(Array.from({ length: 25 }, (_none, n) => execute(take(n))));
    expect(store.appends.map(({ events }) => events.length)).toEqual([1, 10, 10, 5]);
  });

  it('turns away who finds the queue full', async () => {
    const { execute, stored, processor } = surroundings({ waitingPerStream: 5 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => execute(put(1))));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused.every((result) => result.reason instanceof StreamBusy && result.reason.retryAfterMs > 0)).toBe(true);
    await processor.drain();
    expect(await stored()).toHaveLength(5);
  });

  it('bounds what waits altogether', async () => {
    const { processor } = surroundings({ waiting: 3 });
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => processor.execute(`counter-${n}`, 't', put(1))));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    await expect(processor.execute('counter-5', 't', put(1))).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('fails only the command whose decision throws', async () => {
    const { execute } = surroundings();
    await execute(put(2));
    const results = await Promise.allSettled([execute(take(1)), execute(broken), execute(take(2))]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('splits a turn that is too large for one append', async () => {
    const { execute, stored } = surroundings();
    const note = 'x'.repeat(300_000);
    await Promise.all(Array.from({ length: 10 }, () => execute(put(1, note))));
    expect(await stored()).toHaveLength(10);
  });

  it('fails only the command that is too large by itself', async () => {
    const { execute, stored } = surroundings();
    const results = await Promise.allSettled([execute(put(1)), execute(put(1, 'x'.repeat(1_100_000))), execute(put(1))]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: expect.any(InvalidAppend) as unknown });
    expect(await stored()).toHaveLength(2);
  });

  it('decides nothing on a stream with an event that it cannot read', async () => {
    const { memory, execute, stored } = surroundings();
    const metadata = { tenant: 't', at: 0, commandId: 'c' };
    await memory.append(STREAM, -1, [{ id: '00000000-0000-4000-8000-000000000000', type: 'UnitTaken.v2', data: {}, metadata }]);
    await expect(execute(put(1))).rejects.toThrow(UnreadableEvent);
    expect(await stored()).toEqual(['UnitTaken.v2']);
  });

  it('rejects, rather than waits for ever, when a stream cannot be folded', async () => {
    const { memory, open } = surroundings();
    const stray = {
      id: '00000000-0000-4000-8000-000000000000',
      type: 'UnitTaken.v1',
      data: { taker: 'c' },
      metadata: { tenant: 't', at: 0, commandId: 'c' },
    };
    await memory.append(STREAM, -1, [stray]);
    const unfoldable = new StreamProcessor(
      {
        ...counters,
        evolve: () => {
          throw new Error('no such event');
        },
      },
      { eventStore: memory },
    );
    await expect(unfoldable.execute(STREAM, 't', take(1))).rejects.toThrow('no such event');
    await expect(open().read('other')).resolves.toMatchObject({ revision: -1 });
  });
});

describe('processing where others write, too', () => {
  it('decides again when another process was first', async () => {
    const { execute, store, open, memory, stored } = surroundings();
    const other = open(new FaultyEventStore(memory));
    await execute(put(2));
    store.faults.push(() => other.execute(STREAM, 't', take('other')));
    const outcomes = await Promise.all([execute(take('a')), execute(take('b'))]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused']);
    expect(await stored()).toEqual(['UnitsPut.v1', 'UnitTaken.v1', 'UnitTaken.v1']);
    expect((await other.read(STREAM)).state.left).toBe(0);
  });

  it('refuses nobody on old knowledge', async () => {
    const { execute, open } = surroundings();
    await execute(put(1));
    await execute(take('a'));
    await open().execute(STREAM, 't', put(5));
    await expect(execute(take('b'))).resolves.toMatchObject({ kind: 'accepted', revision: 3 });
  });

  it('refuses nobody who came while the state was being loaded on what was read before', async () => {
    const { execute, open, memory } = surroundings();
    await execute(put(1));
    await execute(take('a'));
    const slow = new FaultyEventStore(memory);
    const cold = open(slow);
    let later: ReturnType<typeof execute> | undefined;
    const read = slow.readStream.bind(slow);
    slow.readStream = async (...query) => {
      const page = await read(...query);
      slow.readStream = read;
      await execute(put(5));
      later = cold.execute(STREAM, 't', take('came later'));
      return page;
    };
    await cold.execute(STREAM, 't', take('came first'));
    expect(await later).toMatchObject({ kind: 'accepted' });
  });

  it('answers "already satisfied" only on the newest state', async () => {
    const { execute, open } = surroundings();
    await execute(put(1));
    await execute(take('a'));
    await open().execute(STREAM, 't', put(5));
    await expect(execute(take('a'))).resolves.toMatchObject({ kind: 'accepted', events: [], revision: 2, position: 2n });
  });

  it('confirms a refusal with one read, and none where the state was just loaded', async () => {
    const { execute, store, open } = surroundings();
    await execute(put(0));
    store.reads = 0;
    await Promise.all([execute(take('a')), execute(take('b')), execute(take('c'))]);
    expect(store.reads).toBe(1);
    store.reads = 0;
    await open().execute(STREAM, 't', take('d'));
    expect(store.reads).toBe(1);
  });

  it('asks the store for nothing where what is known will do, and reads what is not known', async () => {
    const { execute, store, open, processor } = surroundings();
    await execute(put(3));
    await open().execute(STREAM, 't', put(4));
    store.reads = 0;
    expect((await processor.read(STREAM, 'known')).state.left).toBe(3);
    expect(store.reads).toBe(0);
    expect((await processor.read(STREAM)).state.left).toBe(7);
    expect((await open().read(STREAM, 'known')).state.left).toBe(7);
    store.faults.push('fails');
    const taking = execute(take('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const read = await processor.read(STREAM, 'known');
    expect([(await taking).kind, read.revision]).toEqual(['accepted', 2]);
  });

  it('gives up, with nothing done, when others are always first', async () => {
    const { execute, store, memory, open } = surroundings({ conflictRetries: 3 });
    const other = open(new FaultyEventStore(memory));
    await execute(put(1));
    store.chance = () => () => other.execute(STREAM, 't', put(1));
    await expect(execute(take('a'))).rejects.toThrow(StreamBusy);
    store.chance = () => undefined;
    const { state } = await other.read(STREAM);
    expect([state.left, state.takers.size]).toEqual([5, 0]);
    await expect(execute(take('a'))).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('reads what others wrote, and never what is not stored yet', async () => {
    const { execute, open, processor, store } = surroundings();
    await execute(put(3));
    await open().execute(STREAM, 't', put(4));
    expect((await processor.read(STREAM)).state.left).toBe(7);
    store.faults.push('fails', 'fails');
    const taking = execute(take('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const read = await processor.read(STREAM);
    expect(await taking).toMatchObject({ kind: 'accepted' });
    expect(read).toMatchObject({ revision: 2, position: 2n });
  });
});

describe('processing on a store that fails', () => {
  it('sends an append again whose answer was lost, and stores it once', async () => {
    const { execute, store, stored } = surroundings();
    await execute(put(2));
    store.faults.push('loses answer', 'fails', 'loses answer');
    await expect(execute(take('a'))).resolves.toMatchObject({ kind: 'accepted', revision: 1 });
    expect(await stored()).toEqual(['UnitsPut.v1', 'UnitTaken.v1']);
    const ids = store.appends.slice(1).map(({ events }) => events[0]?.id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
  });

  it('decides again when its append failed and another process took the place', async () => {
    const { execute, store, open, memory } = surroundings();
    const other = open(new FaultyEventStore(memory));
    await execute(put(1));
    store.faults.push('fails', () => other.execute(STREAM, 't', take('other')));
    await expect(execute(take('a'))).resolves.toMatchObject({ kind: 'refused', code: 'empty' });
  });

  it('tells its callers, and those behind them, when the store stays away', async () => {
    const { execute, store } = surroundings({ unavailableMs: 5_000 });
    await execute(put(1));
    store.away = true;
    const first = execute(take('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const behind = execute(take('b'));
    await expect(first).rejects.toThrow(EventStoreUnavailable);
    await expect(behind).rejects.toThrow(EventStoreUnavailable);
    expect(store.appends.length).toBeGreaterThan(5);
  });

  it('forgets what it believed when the outcome stayed unknown: stored after all, the repeat changes nothing', async () => {
    const { execute, store, stored, memory } = surroundings({ unavailableMs: 1 });
    await execute(put(1));
    store.faults.push('loses answer');
    store.chance = () => 'fails';
    await expect(execute(take('a'))).rejects.toThrow(EventStoreUnavailable);
    store.chance = () => undefined;
    expect(await stored()).toHaveLength(2);
    await expect(execute(take('a', 3_000))).resolves.toMatchObject({ kind: 'accepted', events: [], revision: 1 });
    expect(await memory.readStream(STREAM)).toHaveLength(2);
  });

  it('forgets what it believed when the outcome stayed unknown: not stored, the unit is free', async () => {
    const { execute, store, processor } = surroundings({ unavailableMs: 1 });
    await execute(put(1));
    store.chance = () => 'fails';
    await expect(execute(take('a'))).rejects.toThrow(EventStoreUnavailable);
    store.chance = () => undefined;
    expect((await processor.read(STREAM)).state.left).toBe(1);
    await expect(execute(take('b'))).resolves.toMatchObject({ kind: 'accepted', revision: 1 });
  });

  it('is not fooled by an append of its own that arrives late', async () => {
    const { execute, store, memory } = surroundings({ unavailableMs: 1 });
    await execute(put(2));
    store.chance = () => 'fails';
    await expect(execute(take('a'))).rejects.toThrow(EventStoreUnavailable);
    store.chance = () => undefined;
    const late = store.appends.at(-1);
    // The same command, sent again later, is decided before the late append arrives but appended after it.
    store.faults.push(() => memory.append(STREAM, late?.expected ?? 0, late?.events ?? []));
    await expect(execute(take('a', 9_000))).resolves.toMatchObject({ kind: 'accepted', events: [], revision: 1 });
    expect(await memory.readStream(STREAM)).toHaveLength(2);
  });

  it('waits for a store that comes back in time', async () => {
    const { execute, store } = surroundings();
    store.faults.push('fails', 'fails', 'fails', 'fails');
    await expect(execute(put(1))).resolves.toMatchObject({ kind: 'accepted', revision: 0 });
  });
});

describe('two processors on one store', () => {
  it('sell exactly what there is, whatever is lost on the way', async () => {
    const memory = new MemoryEventStore();
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const open = () => {
      const hop = async (): Promise<void> => {
        for (let hops = Math.floor(random() * 4); hops >= 0; hops -= 1) await new Promise((resolve) => setImmediate(resolve));
      };
      const store = new FaultyEventStore(memory, hop);
      store.chance = () => (random() < 0.1 ? 'fails' : random() < 0.1 ? 'loses answer' : undefined);
      return new StreamProcessor(counters, { eventStore: store, limits: { eventsPerAppend: 20 }, timing: { ...virtualTiming(), random } });
    };
    const processors = [open(), open()];
    await processors[0]?.execute(STREAM, 't', put(200));
    let won = 0;
    const callers = Array.from({ length: 40 }, async (_none, caller) => {
      for (let n = 0; n < 25; n += 1) {
        const command = take(`${caller}-${n}`);
        // Each is sent twice, to different processors.
        const [first, second] = await Promise.all(processors.map((processor) => processor.execute(STREAM, 't', command)));
        if (first?.kind === 'accepted') {
          won += 1;
          expect(second?.kind).toBe('accepted');
        }
      }
    });
    await Promise.all(callers);
    const events = await memory.readStream(STREAM);
    const takers = events.filter((event) => event.type === 'UnitTaken.v1').map((event) => (event.data as { taker: string }).taker);
    expect(won).toBe(200);
    expect(takers).toHaveLength(200);
    expect(new Set(takers).size).toBe(200);
  });
});
