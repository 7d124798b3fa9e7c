import { Story } from '../../test/story.js';
import type { StreamReader } from '../storage/sku-history.js';
import { Histories, HistoryLoading, HistoryTooLong } from './histories.js';

/** Counts reads, and holds those back that come after the first `open` ones. */
class GuardedReader implements StreamReader {
  reads = 0;
  open = Number.POSITIVE_INFINITY;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly story: Story) {}

  readonly readStream: StreamReader['readStream'] = async (stream, options) => {
    this.reads += 1;
    const events = await this.story.store.readStream(stream, options);
    if (this.reads > this.open) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return events;
  };

  letGo(): void {
    this.open = Number.POSITIVE_INFINITY;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

async function received(story: Story, sku: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    story.now += 1_000;
    await story.receive(sku, 'BER', 1);
  }
}

describe('histories in memory', () => {
  let story: Story;
  let reader: GuardedReader;
  beforeEach(() => {
    story = new Story();
    reader = new GuardedReader(story);
  });

  it('are read once, then only what came since, and not at all for what was known before their end', async () => {
    const histories = new Histories(reader);
    await received(story, 'TEE', 3);
    expect(await histories.read('acme', 'TEE')).toMatchObject({ events: 4 });
    const knownThen = story.now - 1_500;
    await received(story, 'TEE', 2);
    expect(await histories.read('acme', 'TEE', knownThen)).toMatchObject({ events: 4 });
    expect(reader.reads).toBe(1);
    expect(await histories.read('acme', 'TEE')).toMatchObject({ events: 6 });
    expect(reader.reads).toBe(2);
  });

  it('show a question everything that was stored before it came, also while others read', async () => {
    const histories = new Histories(reader);
    await received(story, 'TEE', 1);
    reader.open = 0;
    const first = histories.read('acme', 'TEE');
    await Promise.resolve();
    await received(story, 'TEE', 1);
    const second = histories.read('acme', 'TEE');
    const third = histories.read('acme', 'TEE');
    reader.letGo();
    await first;
    expect((await second).events).toBe(3);
    expect((await third).events).toBe(3);
    expect(reader.reads).toBe(2);
  });

  it('make no question wait longer than allowed, and answer what is read already', async () => {
    const histories = new Histories(reader, { events: 10_000, waitMs: 5 });
    await received(story, 'TEE', 1_200);
    const early = story.now - 1_100_000;
    reader.open = 2;
    await expect(histories.read('acme', 'TEE')).rejects.toThrow(HistoryLoading);
    expect((await histories.read('acme', 'TEE', early)).events).toBeGreaterThanOrEqual(500);
    reader.letGo();
    const patient = new Histories(reader);
    expect((await patient.read('acme', 'TEE')).events).toBe(1_201);
  });

  it('do not grow without bound: the one asked for longest ago goes, and one that is too long is never kept', async () => {
    const histories = new Histories(reader, { events: 1_000, waitMs: 10_000 });
    for (const sku of ['A', 'B', 'C']) {
      await received(story, sku, 2);
      await histories.read('acme', sku);
    }
    reader.reads = 0;
    await histories.read('acme', 'C');
    await histories.read('acme', 'A');
    expect(reader.reads).toBe(2);
    await received(story, 'LONG', 1_001);
    await expect(histories.read('acme', 'LONG')).rejects.toThrow(HistoryTooLong);
    reader.reads = 0;
    await expect(histories.read('acme', 'LONG')).rejects.toThrow(HistoryTooLong);
    expect(reader.reads).toBe(0);
  });

  it('of a SKU that nobody knows are empty', async () => {
    expect(await new Histories(reader).read('acme', 'NOBODY')).toMatchObject({ events: 0 });
  });
});
