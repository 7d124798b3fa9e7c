import type { TestDatabase } from '../../test/database.js';
import { startDatabase } from '../../test/database.js';
import { trimHistory } from './retention.js';

describe('trimming history', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => database.clear());

  const write = (count: number, daysAgo: number, operation = 'inventory_push') =>
    database.pool.query(
      `INSERT INTO channels.history (tenant, operation, outcome, sku, at)
       SELECT 'demo', $3, 'ok', 'S' || n, now() - $2 * interval '1 day' FROM generate_series(1, $1) n`,
      [count, daysAgo, operation],
    );
  const left = async () => Number((await database.pool.query('SELECT count(*) FROM channels.history')).rows[0].count);

  it('forgets what is too old, more than fits one piece too', async () => {
    await write(45_000, 31);
    await write(10, 29);
    expect(await trimHistory(database.pool, 30, 1_000_000)).toBe(45_000);
    expect(await left()).toBe(10);
  });

  it('forgets the oldest of too many, and keeps the counted gaps', async () => {
    await write(5, 0, 'mapping_missing');
    await write(200, 0);
    expect(await trimHistory(database.pool, 30, 150)).toBe(50);
    expect(await left()).toBe(155);
  });
});
