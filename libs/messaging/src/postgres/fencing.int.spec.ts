import type pg from 'pg';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { eventually, numbered, numbersOf, sleep, upTo } from '../contract/suite.js';
import { PostgresBus } from './postgres-bus.js';
import { MEMBER_LOCK_CLASS } from './schema/groups.js';

describe('a member that others took for dead', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  let bus: PostgresBus;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = postgres.pool();
  });
  beforeEach(async () => {
    bus = new PostgresBus({ connectionString: postgres.connectionString, leaseMs: 1_500 });
    await bus.ensureTopics([{ name: 't', partitions: 1, cleanup: 'delete' }]);
    await bus.publish('t', numbered(10));
  });
  afterEach(async () => {
    await bus.close();
    await pool.query('drop schema bus cascade');
  });
  afterAll(() => postgres.stop());

  const storedOffset = async (): Promise<unknown> =>
    (await pool.query<{ next_seq: string }>('select next_seq from bus.offsets')).rows[0]?.next_seq;

  /** Another member, alive as long as the client is, owns the partition and has come to the last message. */
  async function takeOver(): Promise<pg.PoolClient> {
    const client = await pool.connect();
    await client.query('begin');
    const sql = `insert into bus.members (group_id, topic_ids, lease_until) select group_id, topic_ids, now() + interval '1 h' from bus.members returning id`;
    const { rows } = await client.query<{ id: number }>(sql);
    await client.query('select pg_advisory_lock($1, $2)', [MEMBER_LOCK_CLASS, rows[0]?.id]);
    await client.query('update bus.offsets set next_seq = 9, owner = $1', [rows[0]?.id]);
    await client.query('commit');
    return client;
  }

  it('does not store the offset of a partition that is another’s by now', async () => {
    const seen: number[] = [];
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await bus.consume({
      group: 'g',
      topics: ['t'],
      batchSize: 4,
      onBatch: async ({ messages }) => {
        seen.push(...numbersOf(messages));
        await held;
      },
    });
    await eventually(() => expect(seen).toEqual(upTo(4)));
    const other = await takeOver();
    goOn();
    await sleep(300);
    expect(await storedOffset()).toBe('9');
    expect(seen).toEqual(upTo(4));
    // Its session ends, so it is found dead in turn.
    other.release(true);
    await eventually(() => expect(seen).toEqual([0, 1, 2, 3, 9]));
    await eventually(async () => expect(await storedOffset()).toBe('10'));
  });

  it('joins again as another member', async () => {
    const seen: number[] = [];
    await bus.consume({ group: 'g', topics: ['t'], onBatch: async ({ messages }) => void seen.push(...numbersOf(messages)) });
    await eventually(() => expect(seen).toEqual(upTo(10)));
    const before = (await pool.query<{ id: number }>('delete from bus.members returning id')).rows[0]?.id;
    await bus.publish('t', numbered(5, 5, 10));
    await eventually(() => expect(seen).toEqual(upTo(15)));
    await eventually(async () => {
      const { rows } = await pool.query<{ id: number }>('select id from bus.members');
      expect(rows.map((row) => row.id > (before ?? 0))).toEqual([true]);
    });
    await bus.publish('t', numbered(5, 5, 15));
    await eventually(() => expect(seen).toEqual(upTo(20)));
  });
});
