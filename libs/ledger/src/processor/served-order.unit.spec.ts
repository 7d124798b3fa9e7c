import { MemoryEventStore } from '@holdfast/event-store';
import { FaultyEventStore } from '../../test/faulty-event-store.js';
import { put, counters, take } from '../../test/counter.js';
import { virtualTiming } from '../../test/virtual-timing.js';
import type { ProcessorLimits } from './limits.js';
import type { ArrivedCommand, ServedCommand } from './observer.js';
import { StreamProcessor } from './stream-processor.js';

const STREAM = 'counter-t.1';

function watched(limits: Partial<ProcessorLimits> = {}) {
  const store = new FaultyEventStore(new MemoryEventStore());
  const turns: {
    readonly stream: string;
    readonly revision: number;
    readonly conflicts: number;
    readonly served: readonly ServedCommand[];
  }[] = [];
  const away: (ArrivedCommand | undefined)[] = [];
  const processor = new StreamProcessor(counters, {
    eventStore: store,
    limits,
    timing: virtualTiming(),
    observer: {
      turnEnded: ({ stream, revision, conflicts, served }) => void turns.push({ stream, revision, conflicts, served: served() }),
      turnedAway: (_stream, command) => void away.push(command),
    },
  });
  const execute = (command: Parameters<typeof processor.execute>[2]) => processor.execute(STREAM, 't', command);
  return { store, turns, away, processor, execute };
}

describe('what a turn says of those it served', () => {
  it('names them in the order in which they came, each with its decision', async () => {
    const { execute, turns } = watched();
    await execute(put(2));
    await Promise.all([1, 2, 3].map((n) => execute(take(n))));
    const turn = turns.at(-1);
    expect(turn).toMatchObject({ stream: STREAM, revision: 2 });
    expect(
      turn?.served.map(({ command, arrival, decision, code, events }) => [command.commandId, arrival, decision, code, events.length]),
    ).toEqual([
      ['taker-1', 2, 'accepted', undefined, 1],
      ['taker-2', 3, 'accepted', undefined, 1],
      ['taker-3', 4, 'refused', expect.any(String), 0],
    ]);
  });

  it('keeps the order over turns that take a part of those who wait', async () => {
    const { execute, turns } = watched({ eventsPerAppend: 4 });
    await execute(put(100));
    await Promise.all(Array.from({ length: 10 }, (_none, n) => execute(take(n))));
    const arrivals = turns.flatMap(({ served }) => served.map(({ arrival }) => arrival));
    expect(turns).toHaveLength(4);
    expect(arrivals).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('counts arrivals over all streams', async () => {
    const { processor, turns } = watched();
    await processor.execute('counter-1', 't', put(1));
    await processor.execute('counter-2', 't', put(1));
    expect(turns.map(({ stream, served }) => [stream, served[0]?.arrival])).toEqual([
      ['counter-1', 1],
      ['counter-2', 2],
    ]);
  });

  it('leaves out who only read', async () => {
    const { execute, processor, turns } = watched();
    await execute(put(1));
    await processor.read(STREAM);
    expect(turns.at(-1)?.served).toEqual([]);
  });

  it('names who was turned away', async () => {
    const { execute, away } = watched({ waitingPerStream: 1 });
    await Promise.allSettled([execute(put(1)), execute(take('late'))]);
    expect(away).toMatchObject([{ tenant: 't', arrival: 2, command: { commandId: 'taker-late' } }]);
  });
});
