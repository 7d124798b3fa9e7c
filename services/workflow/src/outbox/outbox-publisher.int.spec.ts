import type { Pool } from 'pg';
import type { Bus } from '@holdfast/messaging';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { eventually } from '../../test/workflow.js';
import { OutboxPublisher } from './outbox-publisher.js';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
  await pool.query('CREATE SCHEMA workflow');
  await pool.query('CREATE TABLE workflow.outbox (id bigserial PRIMARY KEY, topic text, key text, value text)');
});
afterAll(() => postgres.stop());

const put = (value: string) => pool.query(`INSERT INTO workflow.outbox (topic, key, value) VALUES ('t', 'k', $1)`, [value]);

describe('publishing from the outbox', () => {
  it('keeps its turn, but no transaction open, while the bus takes its time', async () => {
    const taken: string[] = [];
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const bus = {
      publish: async (_topic: string, messages: readonly { readonly value: string }[]) => {
        taken.push(...messages.map(({ value }) => value));
        await answered;
      },
    } as unknown as Bus;
    const faults: unknown[] = [];
    const publishers = [0, 1].map(() => new OutboxPublisher(pool, bus, (error) => faults.push(error)));
    await put('first');
    for (const publisher of publishers) publisher.start();
    await eventually(() => expect(taken).toEqual(['first']));
    await put('second');
    for (const publisher of publishers) publisher.nudge();

    const { rows } = await pool.query(`SELECT state, query FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'`);
    expect(rows).toEqual([]);
    expect(taken).toEqual(['first']);

    answer();
    await eventually(() => expect(taken).toEqual(['first', 'second']));
    await Promise.all(publishers.map((publisher) => publisher.stop()));
    expect((await pool.query('SELECT 1 FROM workflow.outbox')).rows).toEqual([]);
    expect(faults).toEqual([]);
  });
});
