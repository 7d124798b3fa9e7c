/** Uses everything of a bus, closes it, and tells how long the process lived on by itself after that. */
import { randomUUID } from 'node:crypto';
import { busOfEnvironment } from './open-bus.js';

const bus = busOfEnvironment();
const topic = `closing.${randomUUID()}`;
await bus.ensureTopics([{ name: topic, partitions: 2, cleanup: 'delete' }]);
await bus.ping();

const consumed = new Promise<void>((resolve) => {
  const onBatch = async (): Promise<void> => resolve();
  void bus.consume({ group: topic, topics: [topic], onBatch });
});
const tailed = new Promise<void>((resolve) => {
  void bus.tail({ topics: [topic], from: 'earliest', onMessages: async () => resolve() });
});
await bus.publish(topic, [{ key: 'k', value: '1' }]);
await Promise.all([consumed, tailed]);

await bus.close();
const closed = performance.now();
process.once('exit', () => process.stdout.write(JSON.stringify({ closedForMs: performance.now() - closed })));
