import { randomUUID } from 'node:crypto';
import { partitionOf } from '../partitioning/partition-of.js';
import { TopicMismatch, UnknownTopic } from '../port.js';
import { eventually, type Suite } from './suite.js';

export function topicsContract(suite: () => Suite): void {
  describe('topics', () => {
    it('are created with their partitions, compaction and retention, once', async () => {
      const bus = suite().open();
      const [kept, compacted] = [`contract.${randomUUID()}`, `contract.${randomUUID()}`];
      const definitions = [
        { name: kept, partitions: 3, cleanup: 'delete', retentionMs: 3_600_000 },
        { name: compacted, partitions: 2, cleanup: 'compact' },
      ] as const;
      await Promise.all([bus.ensureTopics(definitions), suite().open().ensureTopics(definitions)]);
      await bus.ensureTopics(definitions);
      expect(await suite().harness.describe(kept)).toEqual({ partitions: 3, cleanup: 'delete', retentionMs: 3_600_000 });
      expect(await suite().harness.describe(compacted)).toMatchObject({ partitions: 2, cleanup: 'compact' });
    });

    it('take another retention, and refuse another count of partitions', async () => {
      const bus = suite().open();
      const name = await suite().topic(bus, { retentionMs: 1_000_000 });
      await bus.ensureTopics([{ name, partitions: 4, cleanup: 'delete', retentionMs: 2_000_000 }]);
      expect(await suite().harness.describe(name)).toEqual({ partitions: 4, cleanup: 'delete', retentionMs: 2_000_000 });
      await expect(bus.ensureTopics([{ name, partitions: 5, cleanup: 'delete' }])).rejects.toBeInstanceOf(TopicMismatch);
    });

    it('must exist for whoever publishes or reads', async () => {
      const bus = suite().open();
      const topic = `contract.${randomUUID()}`;
      const onBatch = (): Promise<void> => Promise.resolve();
      await expect(bus.publish(topic, [{ key: 'k', value: '1' }])).rejects.toBeInstanceOf(UnknownTopic);
      await expect(bus.consume({ group: 'g', topics: [topic], onBatch })).rejects.toBeInstanceOf(UnknownTopic);
      await expect(bus.tail({ topics: [topic], from: 'earliest', onMessages: onBatch })).rejects.toBeInstanceOf(UnknownTopic);
    });

    it('carry keys, values, headers and tombstones unchanged, on the partition of the key', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const before = Date.now();
      await bus.publish(topic, []);
      await bus.publish(topic, [
        {
          key: 'größe|"\\{}, é',
          value: JSON.stringify({ text: 'a "quoted" \\ back\nslash, ünï ☃ 𝄞' }),
          headers: { traceparent: '00-ab', 'x-ü': 'ß' },
        },
        { key: 'gone', value: null },
        { key: '', value: '' },
      ]);
      const { seen } = await suite().member(bus, { group: topic, topics: [topic] });
      await eventually(() => expect(seen.length).toBe(3));
      const byKey = new Map(seen.map((message) => [message.key, message]));
      expect(byKey.get('größe|"\\{}, é')).toMatchObject({
        topic,
        value: JSON.stringify({ text: 'a "quoted" \\ back\nslash, ünï ☃ 𝄞' }),
        headers: { traceparent: '00-ab', 'x-ü': 'ß' },
      });
      expect(byKey.get('gone')).toMatchObject({ value: null, headers: {} });
      expect(byKey.get('')).toMatchObject({ value: '' });
      for (const message of seen) {
        expect(message.partition).toBe(partitionOf(message.key, 4));
        expect(Math.abs(message.timestamp - before)).toBeLessThan(60_000);
      }
    });
  });
}
