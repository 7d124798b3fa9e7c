/** A group member in a process of its own: tells each batch on standard output, and may die right after the effect, before the offset is stored. */
import pg from 'pg';
import { Inbox } from '../src/inbox/inbox.js';
import type { MessageBatch } from '../src/port.js';
import { busOfEnvironment } from './open-bus.js';

export interface MemberRecipe {
  readonly group: string;
  readonly topic: string;
  /** Database in which each message has its effect: a row in `effects`, guarded by the inbox of the schema `contract`. */
  readonly effects?: string;
  readonly dieAfterEffect?: boolean;
  /** Publishes to the topic without end besides, whatever becomes of it. */
  readonly alsoPublish?: boolean;
}

export interface MemberReport {
  readonly partition: number;
  readonly values: readonly (string | null)[];
}

const { group, topic, effects, dieAfterEffect, alsoPublish } = JSON.parse(process.env['HOLDFAST_TEST_MEMBER'] ?? '{}') as MemberRecipe;

const onBatch = async (batch: MessageBatch): Promise<void> => {
  if (effects !== undefined) await haveEffect(effects, group, batch);
  if (dieAfterEffect === true) process.kill(process.pid, 'SIGKILL');
  const report: MemberReport = { partition: batch.partition, values: batch.messages.map((message) => message.value) };
  process.stdout.write(`${JSON.stringify(report)}\n`);
};

async function haveEffect(connectionString: string, consumer: string, batch: MessageBatch): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('begin');
  const ids = batch.messages.map((message) => `${message.topic}/${message.partition}/${message.offset}`);
  for (const id of await new Inbox('contract', consumer).claim(client, ids))
    await client.query('insert into contract.effects values ($1)', [id]);
  await client.query('commit');
  await client.end();
}

const bus = busOfEnvironment();
// Faults are what the tests make; an unhandled rejection would end this process, which they see.
await bus.consume({ group, topics: [topic], onBatch, onFault: () => undefined });
while (alsoPublish === true) {
  await bus.publish(topic, [{ key: 'noise', value: '{}' }]).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
