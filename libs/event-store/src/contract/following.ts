import { NO_STREAM } from '../port.js';
import type { EventSubscription, Position, RecordedEvent, SubscribeOptions, SubscriptionBatch } from '../port.js';
import { appended, event, events, expectGrowing, freshName, idsOf, until } from './bench.js';
import type { Bench } from './bench.js';

/** A subscriber that keeps what it was given and its checkpoint. */
class Reader {
  readonly batches: SubscriptionBatch[] = [];
  readonly faults: unknown[] = [];
  private subscription: EventSubscription | undefined;

  constructor(
    private readonly bench: Bench,
    private readonly options: Omit<SubscribeOptions, 'onBatch' | 'onFault'>,
    private readonly handle: (batch: SubscriptionBatch) => Promise<void> = async () => undefined,
  ) {}

  get events(): readonly RecordedEvent[] {
    return this.batches.flatMap((batch) => batch.events);
  }

  get checkpoint(): Position {
    return this.batches.at(-1)?.position ?? this.options.after;
  }

  start(): this {
    this.subscription = this.bench.store.subscribe({
      ...this.options,
      onBatch: async (batch) => {
        await this.handle(batch);
        this.batches.push(batch);
      },
      onFault: (error) => this.faults.push(error),
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }
}

export function followingContract(bench: Bench): void {
  it('catches up and goes live without gap or duplicate while writers write, also over a stop', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    const streams = [1, 2, 3, 4].map((n) => `${prefix}-${n}`);
    const rounds = 60;
    const written = new Map(streams.map((stream) => [stream, [] as string[]]));
    const writing = Promise.all(
      streams.map(async (stream) => {
        for (let round = 0; round < rounds; round += 1) {
          const list = events(3);
          await appended(bench.store.append(stream, round * 3 - 1, list));
          written.get(stream)?.push(...idsOf(list));
        }
      }),
    );
    const filter = { streamPrefixes: [prefix] };
    await until(() => (written.get(streams[0] ?? '')?.length ?? 0) > 30, 'writing is under way');
    const first = new Reader(bench, { after: start, filter, batchSize: 7 }).start();
    await until(() => first.events.length > 100, 'the first subscriber has read a part');
    await first.stop();
    const second = new Reader(bench, { after: first.checkpoint, filter, batchSize: 50 }).start();
    await writing;
    const total = streams.length * rounds * 3;
    await until(() => first.events.length + second.events.length >= total, 'everything has arrived');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await second.stop();
    const read = [...first.events, ...second.events];
    for (const stream of streams) expect(idsOf(read.filter((each) => each.stream === stream))).toEqual(written.get(stream));
    expect(read).toHaveLength(total);
    expectGrowing(read.map((each) => each.position));
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  it('says when it is live', async () => {
    const stream = freshName();
    const start = await bench.store.head();
    await appended(bench.store.append(stream, NO_STREAM, events(1)));
    const reader = new Reader(bench, { after: start, filter: { streamPrefixes: [stream] } }).start();
    await until(() => reader.events.length === 1, 'it has caught up');
    await appended(bench.store.append(stream, 0, events(1)));
    await until(() => reader.events.length === 2, 'the new event arrived');
    await reader.stop();
    const liveOf = (revision: number): boolean | undefined =>
      reader.batches.find((batch) => batch.events.some((each) => each.revision === revision))?.live;
    expect([liveOf(0), liveOf(1)]).toEqual([false, true]);
  });

  it('moves the checkpoint to the head of the log when nothing passes its filter', async () => {
    const start = await bench.store.head();
    await appended(bench.store.append(freshName(), NO_STREAM, events(50)));
    const head = await bench.store.head();
    const reader = new Reader(bench, { after: start, filter: { streamPrefixes: [freshName()] } }).start();
    await until(() => reader.checkpoint >= head, 'the checkpoint is at the head');
    await reader.stop();
    expect(reader.events).toEqual([]);
  });

  it('filters by type', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    await appended(bench.store.append(prefix, NO_STREAM, [event('One.v1'), event('Two.v1'), event('One.v1')]));
    const reader = new Reader(bench, { after: start, filter: { streamPrefixes: [prefix], types: ['One.v1'] } }).start();
    await until(() => reader.events.length === 2, 'both arrived');
    await reader.stop();
    expect(reader.events.map((each) => each.revision)).toEqual([0, 2]);
  });

  it('is neither lost nor in the way when its reader is slow', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    let goOn = (): void => undefined;
    const written = new Promise<void>((resolve) => (goOn = resolve));
    const slow = new Reader(bench, { after: start, filter: { streamPrefixes: [prefix] }, batchSize: 400 }, () => written).start();
    const data = { text: 'x'.repeat(400) };
    const list = Array.from({ length: 4_000 }, () => event('Happened.v1', data));
    for (let at = 0; at < list.length; at += 200) await appended(bench.store.append(prefix, at - 1, list.slice(at, at + 200)));
    goOn();
    await until(() => slow.events.length >= list.length, 'the slow reader has it all');
    await slow.stop();
    expect(idsOf(slow.events)).toEqual(idsOf(list));
    expect(slow.batches.every((batch) => batch.events.length <= 400)).toBe(true);
  });

  it('gives a batch again that was rejected, and goes on', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    let failures = 3;
    const reader = new Reader(bench, { after: start, filter: { streamPrefixes: [prefix] }, batchSize: 2 }, async (batch) => {
      if (batch.events.length > 0 && failures-- > 0) throw new Error('not now');
    }).start();
    const list = events(5);
    await appended(bench.store.append(prefix, NO_STREAM, list));
    await until(() => reader.events.length === 5, 'all were taken');
    await reader.stop();
    expect(idsOf(reader.events)).toEqual(idsOf(list));
    expect(reader.faults).toHaveLength(3);
  });

  it('runs no handler after it was stopped', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    const reader = new Reader(bench, { after: start, filter: { streamPrefixes: [prefix] } }).start();
    await appended(bench.store.append(prefix, NO_STREAM, events(1)));
    await until(() => reader.events.length === 1, 'it runs');
    await reader.stop();
    const given = reader.batches.length;
    await appended(bench.store.append(prefix, 0, events(1)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(reader.batches).toHaveLength(given);
  });
}
