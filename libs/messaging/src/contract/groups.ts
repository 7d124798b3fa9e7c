import type { MessageBatch } from '../port.js';
import { ascending, eventually, numbered, numbersOf, numbersTold, sleep, upTo, type Suite } from './suite.js';

export function groupsContract(suite: () => Suite): void {
  describe('groups', () => {
    it('each get every message; within one, each message goes to one member', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const [one, other, elsewhere] = [
        await suite().member(bus, { group: `${topic}-a`, topics: [topic] }),
        await suite().member(suite().open(), { group: `${topic}-a`, topics: [topic] }),
        await suite().member(bus, { group: `${topic}-b`, topics: [topic] }),
      ];
      await bus.publish(topic, numbered(200));
      await eventually(() => {
        expect(ascending(new Set(numbersOf([...one.seen, ...other.seen])))).toEqual(upTo(200));
        expect(ascending(numbersOf(elsewhere.seen))).toEqual(upTo(200));
      });
    });

    it('share anew when a member joins and when it leaves, and lose nothing', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const group = topic;
      const first = await suite().member(bus, { group, topics: [topic] });
      let published = 0;
      const publish = async (): Promise<void> => {
        await bus.publish(topic, numbered(40, 40, published));
        published += 40;
      };
      await publish();
      await eventually(() => expect(first.seen.length).toBe(40));

      const second = await suite().member(suite().open(), { group, topics: [topic] });
      await eventually(async () => {
        await publish();
        await sleep(200);
        expect(new Set(second.seen.map((message) => message.partition)).size).toBe(2);
      });
      await eventually(() => expect(ascending(new Set(numbersOf([...first.seen, ...second.seen])))).toEqual(upTo(published)));

      await second.stop();
      const before = first.seen.length;
      await publish();
      await eventually(() => expect(new Set(first.seen.slice(before).map((message) => message.partition)).size).toBe(4));
      await eventually(() => expect(ascending(new Set(numbersOf([...first.seen, ...second.seen])))).toEqual(upTo(published)));
    });

    it('take over from a member that was killed', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const doomed = suite().process({ group: topic, topic });
      await bus.publish(topic, numbered(40));
      await eventually(() => expect(ascending(numbersTold(doomed))).toEqual(upTo(40)));
      await doomed.kill();
      const heir = await suite().member(bus, { group: topic, topics: [topic] });
      await bus.publish(topic, numbered(40, 40, 40));
      await eventually(() => expect(ascending(new Set(numbersOf(heir.seen)))).toEqual(expect.arrayContaining(upTo(80).slice(40))));
    });

    it('take over from a member that froze, and it finds back when it thaws', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const frozen = suite().process({ group: topic, topic });
      const heir = await suite().member(bus, { group: topic, topics: [topic] });
      let published = 0;
      const publish = async (): Promise<void> => {
        await bus.publish(topic, numbered(40, 40, published));
        published += 40;
      };
      const bothSaw = (): number[] => ascending(new Set([...numbersOf(heir.seen), ...numbersTold(frozen)]));
      await eventually(async () => {
        await publish();
        await sleep(200);
        expect(frozen.seen.length).toBeGreaterThan(0);
      });
      await eventually(() => expect(bothSaw()).toEqual(upTo(published)));

      frozen.signal('SIGSTOP');
      await publish();
      await eventually(() => expect(bothSaw()).toEqual(upTo(published)));

      const told = frozen.seen.length;
      frozen.signal('SIGCONT');
      await eventually(async () => {
        await publish();
        await sleep(200);
        expect(frozen.seen.length).toBeGreaterThan(told);
      });
      await eventually(() => expect(bothSaw()).toEqual(upTo(published)));
    });

    it('go on where they were, or begin at the end when they are new and asked for it', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(20));
      const old = await suite().member(bus, { group: `${topic}-old`, topics: [topic] });
      await eventually(() => expect(old.seen.length).toBe(20));
      await old.stop();
      const late = await suite().member(bus, { group: `${topic}-new`, topics: [topic], from: 'latest' });
      await bus.publish(topic, numbered(20, 20, 20));
      const again = await suite().member(bus, { group: `${topic}-old`, topics: [topic], from: 'latest' });
      await eventually(() => {
        expect(ascending(numbersOf(late.seen))).toEqual(upTo(40).slice(20));
        expect(ascending(numbersOf(again.seen))).toEqual(upTo(40).slice(20));
      });
    });

    it('read several topics at once', async () => {
      const bus = suite().open();
      const [one, other] = [await suite().topic(bus), await suite().topic(bus, { partitions: 1 })];
      const { seen } = await suite().member(bus, { group: one, topics: [one, other] });
      await bus.publish(one, numbered(10));
      await bus.publish(other, numbered(10));
      await eventually(() =>
        expect(seen.map((message) => message.topic).sort()).toEqual(
          upTo(20)
            .map((n) => (n < 10 ? one : other))
            .sort(),
        ),
      );
    });

    it('may hold members that read different topics', async () => {
      const bus = suite().open();
      const [one, other] = [await suite().topic(bus), await suite().topic(bus)];
      const [both, single] = [
        await suite().member(bus, { group: one, topics: [one, other] }),
        await suite().member(suite().open(), { group: one, topics: [other] }),
      ];
      let published = 0;
      await eventually(async () => {
        await bus.publish(one, numbered(40, 40, published));
        await bus.publish(other, numbered(40, 40, published + 40));
        published += 80;
        await sleep(200);
        expect(single.seen.length).toBeGreaterThan(0);
      });
      await eventually(() => expect(ascending(new Set(numbersOf([...both.seen, ...single.seen])))).toEqual(upTo(published)));
      expect(new Set(single.seen.map((message) => message.topic))).toEqual(new Set([other]));
    });

    it('wait for a handler that is slower than the lease, and bring nothing twice', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(8));
      let begun = 0;
      const onBatch = async ({ messages }: MessageBatch): Promise<void> => {
        begun += messages.length;
        await sleep(suite().harness.leaseMs + 2_000);
      };
      const slow = await suite().member(bus, { group: topic, topics: [topic], onBatch });
      await eventually(() => expect(ascending(numbersOf(slow.seen))).toEqual(upTo(8)));
      await sleep(3_000);
      expect(begun).toBe(8);
    });

    it('end only when the handler that runs has ended', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus, { partitions: 1 });
      await bus.publish(topic, numbered(1));
      let running = 0;
      let begun = 0;
      const member = await suite().member(bus, {
        group: topic,
        topics: [topic],
        onBatch: async () => {
          begun += 1;
          running += 1;
          await sleep(500);
          running -= 1;
        },
      });
      await eventually(() => expect(begun).toBe(1));
      await member.stop();
      expect({ running, seen: member.seen.length }).toEqual({ running: 0, seen: 1 });
      const next = await suite().member(bus, { group: topic, topics: [topic] });
      await bus.publish(topic, numbered(1, 1, 1));
      await eventually(() => expect(numbersOf(next.seen)).toEqual([1]));
    });

    it('wait at their end for a handler that takes long, and store its offset', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus, { partitions: 1 });
      await bus.publish(topic, numbered(1));
      let begun = 0;
      const onBatch = async (): Promise<void> => {
        begun += 1;
        await sleep(11_000);
      };
      const member = await suite().member(bus, { group: topic, topics: [topic], onBatch });
      await eventually(() => expect(begun).toBe(1));
      await member.stop();
      expect(member.seen.length).toBe(1);
      const next = await suite().member(bus, { group: topic, topics: [topic] });
      await bus.publish(topic, numbered(1, 1, 1));
      await eventually(() => expect(next.seen.length).toBeGreaterThan(0));
      expect(numbersOf(next.seen)).toEqual([1]);
    });
  });
}
