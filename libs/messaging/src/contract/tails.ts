import type { Bus, BusSubscription, IncomingMessage, TailOptions } from '../port.js';
import { ascending, eventually, numbered, numbersOf, sleep, upTo, type Suite } from './suite.js';

interface Tail extends BusSubscription {
  readonly seen: IncomingMessage[];
  readonly offsets: () => Readonly<Record<string, string>>;
}

async function tail(bus: Bus, topics: readonly string[], from: TailOptions['from']): Promise<Tail> {
  const seen: IncomingMessage[] = [];
  let last: Readonly<Record<string, string>> = {};
  const subscription = await bus.tail({
    topics,
    from,
    onMessages: async (messages, nextOffsets) => {
      seen.push(...messages);
      last = nextOffsets;
    },
  });
  return { seen, offsets: () => last, stop: () => subscription.stop() };
}

export function tailsContract(suite: () => Suite): void {
  describe('tails', () => {
    it('from the earliest and from the latest each see every message from there on', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(30));
      const [all, alsoAll, late] = [
        await tail(bus, [topic], 'earliest'),
        await tail(suite().open(), [topic], 'earliest'),
        await tail(bus, [topic], 'latest'),
      ];
      await bus.publish(topic, numbered(30, 30, 30));
      await eventually(() => {
        expect(ascending(numbersOf(all.seen))).toEqual(upTo(60));
        expect(ascending(numbersOf(alsoAll.seen))).toEqual(upTo(60));
        expect(ascending(numbersOf(late.seen))).toEqual(upTo(60).slice(30));
      });
    });

    it('resume from offsets without a gap or a double', async () => {
      const bus = suite().open();
      const [one, other] = [await suite().topic(bus), await suite().topic(bus, { partitions: 1 })];
      await bus.publish(one, numbered(50));
      await bus.publish(other, numbered(5, 5, 1_000));
      const first = await tail(bus, [one, other], 'earliest');
      await eventually(() => expect(first.seen.length).toBe(55));
      await first.stop();
      const offsets = first.offsets();
      expect(Object.keys(offsets).sort()).toEqual([`${one}/0`, `${one}/1`, `${one}/2`, `${one}/3`, `${other}/0`].sort());
      expect(offsets[`${other}/0`]).toBe('5');
      await bus.publish(one, numbered(50, 50, 50));
      const resumed = await tail(bus, [one, other], offsets);
      await eventually(() => expect(ascending(numbersOf(resumed.seen))).toEqual(upTo(100).slice(50)));
      await sleep(300);
      expect(resumed.seen.length).toBe(50);
    });

    it('say where they are before anything came: a tail from there sees what came since', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(10));
      const idle = await bus.tail({ topics: [topic], from: 'latest', onMessages: async () => undefined });
      const offsets = idle.nextOffsets();
      await idle.stop();
      await bus.publish(topic, numbered(10, 10, 10));
      const resumed = await tail(bus, [topic], offsets);
      await eventually(() => expect(ascending(numbersOf(resumed.seen))).toEqual(upTo(20).slice(10)));
    });

    it('from offsets beyond the end see everything rather than nothing', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus, { partitions: 1 });
      await bus.publish(topic, numbered(3));
      const { seen } = await tail(bus, [topic], { [`${topic}/0`]: '99' });
      await eventually(() => expect(numbersOf(seen)).toEqual([0, 1, 2]));
    });

    it('bring messages again whose handler failed, in order, one call at a time', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const seen: IncomingMessage[] = [];
      const faults: unknown[] = [];
      let [calls, running, overlaps] = [0, 0, 0];
      await bus.publish(topic, numbered(40));
      await bus.tail({
        topics: [topic],
        from: 'earliest',
        onFault: (error) => faults.push(error),
        onMessages: async (messages) => {
          running += 1;
          calls += 1;
          if (running > 1) overlaps += 1;
          await sleep(5);
          running -= 1;
          if (calls <= 2) throw new Error('not now');
          seen.push(...messages);
        },
      });
      await eventually(() => expect(ascending(numbersOf(seen))).toEqual(upTo(40)));
      expect({ faults: faults.length, overlaps }).toEqual({ faults: 2, overlaps: 0 });
    });
  });
}
