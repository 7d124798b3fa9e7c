import { startDatabase, type TestDatabase } from '../../test/database.js';
import { trimInbox } from '../hooks/inbox.js';
import { trimOrders } from './retention.js';

describe('trimming what channels told', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => database.clear());

  const order = (name: string, count: number, daysAgo: number, status: string, due = false) =>
    database.pool.query(
      `WITH o AS (
         INSERT INTO channels.channel_order (tenant, channel_id, order_id, facts, status, updated_at, due_at)
         SELECT 'demo', 'shop', $1 || n, '{}', $4, now() - $3 * interval '1 day', CASE WHEN $5 THEN now() END FROM generate_series(1, $2) n
         RETURNING order_id)
       INSERT INTO channels.channel_order_line (tenant, channel_id, order_id, line_id, listing_id, ordered, cancelled, restocked, lost)
       SELECT 'demo', 'shop', order_id, 'L1', 'L', 1, 0, 0, 0 FROM o`,
      [name, count, daysAgo, status, due],
    );
  const left = async (table: string): Promise<readonly string[]> =>
    (await database.pool.query<{ order_id: string }>(`SELECT order_id FROM channels.${table} ORDER BY order_id`)).rows.map(
      (row) => row.order_id,
    );

  it('forgets orders that are done and old, with their lines, and no others', async () => {
    await order('taken', 1, 401, 'taken');
    await order('refunded', 1, 401, 'refunded');
    await order('cancelled', 1, 401, 'cancelled');
    await order('uncovered', 1, 4_000, 'uncovered');
    await order('worked on', 1, 401, 'taken', true);
    await order('young', 1, 399, 'taken');
    expect(await trimOrders(database.pool, 400)).toBe(3);
    const kept = ['uncovered1', 'worked on1', 'young1'];
    expect([await left('channel_order'), await left('channel_order_line')]).toEqual([kept, kept]);
  });

  it('forgets more than fits one piece', async () => {
    await order('many', 1_001, 401, 'taken');
    expect(await trimOrders(database.pool, 400)).toBe(1_001);
  });

  it('forgets messages that are too old to come again, and none that waits', async () => {
    const message = (id: string, daysAgo: number, due: boolean) =>
      database.pool.query(
        `INSERT INTO channels.inbox (tenant, channel_id, message_id, received_at, state, events, due_at)
         VALUES ('demo', 'shop', $1, now() - $2 * interval '1 day', 'done', '[]', CASE WHEN $3 THEN now() END)`,
        [id, daysAgo, due],
      );
    await message('old', 31, false);
    await message('waits', 31, true);
    await message('young', 29, false);
    expect(await trimInbox(database.pool, 30)).toBe(1);
    const { rows } = await database.pool.query('SELECT message_id FROM channels.inbox ORDER BY message_id');
    expect(rows).toEqual([{ message_id: 'waits' }, { message_id: 'young' }]);
  });
});
