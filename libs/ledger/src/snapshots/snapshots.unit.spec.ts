import { MemoryEventStore } from '@holdfast/event-store';
import { eventsApplied, put, counters, take } from '../../test/counter.js';
import { virtualTiming } from '../../test/virtual-timing.js';
import { StreamProcessor } from '../processor/stream-processor.js';
import { MemorySnapshots } from './snapshot-store.js';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.js';

const STREAM = 'counter-t.1';

function surroundings(snapshots: SnapshotStore = new MemorySnapshots()) {
  const eventStore = new MemoryEventStore();
  const failures: unknown[] = [];
  const observer = { snapshotFailed: (error: unknown) => void failures.push(error) };
  const open = (definition = counters, store = eventStore) =>
    new StreamProcessor(definition, { eventStore: store, snapshots, observer, limits: { snapshotEvery: 10, snapshotPauseMs: 0 } });
  const fill = async (commands: number): Promise<void> => {
    const processor = open();
    for (let n = 0; n < commands; n += 1) await processor.execute(STREAM, 't', n === 0 ? put(100) : take(n));
    await processor.drain();
  };
  /** Reads with a new processor; `applied` is how many events it had to apply. */
  const readAnew = async (definition = counters, store = eventStore): Promise<{ left: number; applied: number }> => {
    const before = eventsApplied();
    const { state } = await open(definition, store).read(STREAM);
    return { left: state.left, applied: eventsApplied() - before };
  };
  return { eventStore, snapshots, failures, open, fill, readAnew };
}

describe('snapshots', () => {
  it('are written every so many events, and save folding what they hold', async () => {
    const { fill, readAnew, snapshots } = surroundings();
    await fill(35);
    expect(await snapshots.load(STREAM)).toMatchObject({ revision: 29, version: 1 });
    expect(await readAnew()).toEqual({ left: 66, applied: 5 });
  });

  it('of a stream in a rush wait for the pause between two, but for so many events at most', async () => {
    const { eventStore, snapshots } = surroundings();
    const clock = virtualTiming();
    const limits = { snapshotEvery: 10, snapshotPauseMs: 1_000, snapshotAtLatest: 40 };
    const processor = new StreamProcessor(counters, { eventStore, snapshots, limits, timing: clock });
    const revisionAfter = async (command: ReturnType<typeof put>): Promise<number | undefined> => {
      await processor.execute(STREAM, 't', command);
      await processor.drain();
      return (await snapshots.load(STREAM))?.revision;
    };
    const written = new Set<number | undefined>();
    for (let n = 0; n < 75; n += 1) written.add(await revisionAfter(n === 0 ? put(100) : take(n)));
    expect([...written]).toEqual([undefined, 9, 49]);
    await clock.sleep(1_000);
    expect(await revisionAfter(take('later'))).toBe(75);
  });

  it('are left aside when another version wrote them', async () => {
    const { fill, readAnew } = surroundings();
    await fill(12);
    const { snapshot } = counters;
    if (!snapshot) throw new Error('counters have snapshots');
    expect(await readAnew({ ...counters, snapshot: { ...snapshot, version: 2 } })).toEqual({ left: 89, applied: 12 });
  });

  it('are left aside when they are damaged', async () => {
    const { fill, readAnew, snapshots, failures } = surroundings();
    await fill(12);
    const good = (await snapshots.load(STREAM)) as StoredSnapshot;
    await snapshots.save(STREAM, { ...good, revision: good.revision + 1, json: good.json.replace('91', '99') });
    expect(await readAnew()).toEqual({ left: 89, applied: 12 });
    expect(failures).toHaveLength(1);
  });

  it('are left aside when the stream has another history', async () => {
    const { fill, readAnew, eventStore } = surroundings();
    await fill(12);
    const other = new MemoryEventStore();
    expect(await readAnew(counters, other)).toEqual({ left: 0, applied: 0 });
    const replaced = (await eventStore.readStream(STREAM)).map((event, n) => ({
      ...event,
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    }));
    await other.append(STREAM, -1, replaced);
    expect(await readAnew(counters, other)).toEqual({ left: 89, applied: 12 });
  });

  it('cost nobody an answer when they cannot be kept', async () => {
    const failing: SnapshotStore = {
      load: () => Promise.reject(new Error('no table')),
      save: () => Promise.reject(new Error('no table')),
    };
    const { fill, readAnew, failures } = surroundings(failing);
    await fill(12);
    expect(await readAnew()).toEqual({ left: 89, applied: 12 });
    expect(failures.length).toBeGreaterThanOrEqual(2);
  });

  it('hold what is stored only: an append that was refused leaves no trace in them', async () => {
    const { fill, open, readAnew } = surroundings();
    await fill(8);
    const [one, two] = [open(), open()];
    await Promise.all([one.read(STREAM), two.read(STREAM)]);
    await Promise.all(Array.from({ length: 30 }, (_none, n) => (n % 2 ? one : two).execute(STREAM, 't', take(`late-${n}`))));
    await Promise.all([one.drain(), two.drain()]);
    expect((await readAnew()).left).toBe(63);
  });
});
