/**
 * Publishes and consumes as fast as it goes and prints the rates:
 * HOLDFAST_TEST_BUS='{"engine":"postgres","options":{"connectionString":"postgres://…"}}' node --import ./register.mjs throughput.ts [messages] [batch] [callers]
 */
import { randomUUID } from 'node:crypto';
import type { OutgoingMessage } from '../src/port.js';
import { busOfEnvironment } from './open-bus.js';

const [messages = 200_000, batch = 500, callers = 4] = process.argv.slice(2).map(Number);
const bus = busOfEnvironment();
const topic = `throughput.${randomUUID()}`;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const filler = 'x'.repeat(150);

const message = (n: number): OutgoingMessage => ({
  key: `demo|${n % 5_000}|MAIN`,
  value: JSON.stringify({ specversion: '1.0', id: n, source: 'throughput', type: 'holdfast.test.v1', tenant: 'demo', data: { n, filler } }),
});

const seconds = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};

const report = (what: string, count: number, took: number): void =>
  print(
    `${what.padEnd(28)} ${String(Math.round(count / took)).padStart(8)} messages/s   ${took.toFixed(2)} s, process ${(process.cpuUsage().user / 1e6).toFixed(1)} s user`,
  );

await bus.ensureTopics([{ name: topic, partitions: 4, cleanup: 'delete' }]);

const publishAll = async (): Promise<void> => {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < messages) {
      const from = next;
      next += batch;
      await bus.publish(
        topic,
        Array.from({ length: Math.min(batch, messages - from) }, (_, n) => message(from + n)),
      );
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
};

const consumeAll = (group: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let seen = 0;
    bus
      .consume({
        group,
        topics: [topic],
        onBatch: async ({ messages: taken }) => {
          seen += taken.length;
          if (seen === messages) resolve();
        },
        onFault: (error) => print(String(error)),
      })
      .catch(reject);
  });

report(`publish, batches of ${batch}`, messages, await seconds(publishAll));
report('consume, one group', messages, await seconds(() => consumeAll(randomUUID())));

const onePerCall = 5_000;
let published = 0;
const took = await seconds(async () => {
  const caller = async (): Promise<void> => {
    while (published < onePerCall) {
      published += 1;
      await bus.publish(topic, [message(published)]);
    }
  };
  await Promise.all(Array.from({ length: 64 }, caller));
});
report('publish one, 64 callers', onePerCall, took);

const latencies: number[] = [];
const subscription = await bus.tail({
  topics: [topic],
  from: 'latest',
  onMessages: async (seen) => {
    for (const { value } of seen) latencies.push(performance.now() - (JSON.parse(value ?? '0') as number));
  },
});
for (let n = 0; n < 500; n += 1) {
  await bus.publish(topic, [{ key: String(n), value: JSON.stringify(performance.now()) }]);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await new Promise((resolve) => setTimeout(resolve, 500));
latencies.sort((one, other) => one - other);
const at = (share: number): string => (latencies[Math.floor(latencies.length * share)] ?? Number.NaN).toFixed(1);
print(`publish to reader             p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${latencies.length}`);
await subscription.stop();
await bus.close();
