import { ascending, eventually, numbered, numberOf, numbersOf, upTo, type Suite } from './suite.js';

export function orderContract(suite: () => Suite): void {
  describe('order', () => {
    it('is kept for each key, over many publishers at once', async () => {
      const [bus, other] = [suite().open(), suite().open()];
      const topic = await suite().topic(bus);
      const publishKey = async (key: number): Promise<void> => {
        for (let n = 0; n < 40; n += 1)
          await (key % 2 === 0 ? bus : other).publish(topic, [{ key: `key-${key}`, value: JSON.stringify({ n }) }]);
      };
      await Promise.all(upTo(12).map(publishKey));
      const { seen } = await suite().member(bus, { group: topic, topics: [topic], batchSize: 7 });
      await eventually(() => expect(seen.length).toBe(480));
      for (const key of upTo(12)) expect(numbersOf(seen.filter((message) => message.key === `key-${key}`))).toEqual(upTo(40));
    });

    it('of 10,000 messages of one call is that of the call, offsets without a gap', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const filler = 'x'.repeat(300);
      await bus.publish(
        topic,
        numbered(10_000, 500).map((message) => ({ ...message, value: JSON.stringify({ n: numberOf(message), filler }) })),
      );
      const { seen } = await suite().member(bus, { group: topic, topics: [topic] });
      await eventually(() => expect(seen.length).toBe(10_000));
      expect(ascending(numbersOf(seen))).toEqual(upTo(10_000));
      for (const partition of upTo(4)) {
        const part = seen.filter((message) => message.partition === partition);
        expect(part.map((message) => Number(message.offset))).toEqual(upTo(part.length));
        expect(numbersOf(part)).toEqual(ascending(numbersOf(part)));
      }
    });

    it('holds in batches no larger than asked for, one at a time per partition', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(400));
      const running = new Set<number>();
      const sizes: number[] = [];
      let overlaps = 0;
      const { seen } = await suite().member(bus, {
        group: topic,
        topics: [topic],
        batchSize: 30,
        onBatch: async ({ partition, messages }) => {
          if (running.has(partition)) overlaps += 1;
          running.add(partition);
          sizes.push(messages.length);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running.delete(partition);
        },
      });
      await eventually(() => expect(seen.length).toBe(400));
      expect({ overlaps, largest: Math.max(...sizes) }).toEqual({ overlaps: 0, largest: 30 });
    });
  });
}
