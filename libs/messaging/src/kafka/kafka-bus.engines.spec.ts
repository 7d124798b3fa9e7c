import { createHook } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import kafkajs, { type Admin } from 'kafkajs';
import type pg from 'pg';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { busContract, type BusHarness } from '../contract.js';
import { eventually, sleep } from '../contract/suite.js';
import { KafkaBus } from './kafka-bus.js';
import type { KafkaBusOptions } from './options.js';

const brokers = process.env['KAFKA_BROKERS']?.split(',') ?? [];

/** The shortest that brokers allow unless told otherwise. */
const SESSION_TIMEOUT_MS = 6_000;

const name = 'the bus on Kafka';
if (brokers.length === 0)
  describe.skip(`${name} (skipped: KAFKA_BROKERS names no broker)`, () => it('needs KAFKA_BROKERS', () => undefined));
else describe(name, kafkaSpec);

function kafkaSpec(): void {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  let admin: Admin;
  let harness: BusHarness;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = postgres.pool();
    admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const options: KafkaBusOptions = { brokers, sessionTimeoutMs: SESSION_TIMEOUT_MS };
    harness = {
      open: () => new KafkaBus(options),
      recipe: { engine: 'kafka', options },
      leaseMs: SESSION_TIMEOUT_MS,
      effects: { pool, connectionString: postgres.connectionString },
      describe: describeTopic,
    };
  });

  afterAll(async () => {
    const topics = (await admin.listTopics()).filter((topic) => /^(contract|closing)\./.test(topic));
    await admin.deleteTopics({ topics });
    await admin.disconnect();
    await postgres.stop();
  });

  // Its outage has a spec of its own, which starts and ends a broker.
  busContract(() => harness, { outage: false });

  it('arms hardly a timer while it is idle', async () => {
    const bus = harness.open();
    const topic = `contract.${randomUUID()}`;
    await bus.ensureTopics([{ name: topic, partitions: 1, cleanup: 'delete' }]);
    let batches = 0;
    await bus.consume({ group: topic, topics: [topic], onBatch: async () => void (batches += 1) });
    await bus.publish(topic, [{ key: 'k', value: '1' }]);
    await eventually(() => expect(batches).toBe(1));
    let timers = 0;
    const hook = createHook({ init: (_id, type) => void (timers += type === 'Timeout' ? 1 : 0) }).enable();
    await sleep(2_000);
    hook.disable();
    await bus.close();
    expect(timers).toBeLessThan(50);
  });

  async function describeTopic(topic: string): Promise<{ partitions: number; cleanup: string; retentionMs?: number }> {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    });
    const entries = new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry]));
    const retention = entries.get('retention.ms');
    return {
      partitions: topics[0]?.partitions.length ?? 0,
      cleanup: entries.get('cleanup.policy')?.configValue ?? '',
      ...(retention && !retention.isDefault ? { retentionMs: Number(retention.configValue) } : {}),
    };
  }
}
