import type { TestDatabase } from '../../test/database.js';
import { startDatabase } from '../../test/database.js';
import { recordMissingMappings } from './missing-mappings.js';
import { trimHistory } from './retention.js';

describe('trimming history', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => database.clear());

  const write = (count: number, daysAgo: number, operation = 'inventory_push', tenant = 'demo') =>
    database.pool.query(
      `INSERT INTO channels.history (tenant, operation, outcome, sku, at)
       SELECT $4, $3, 'ok', 'S' || n, now() - $2 * interval '1 day' FROM generate_series(1, $1) n`,
      [count, daysAgo, operation, tenant],
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

  it('counts rows by tenant, not by their ids: what one tenant does wipes nothing of another', async () => {
    await write(100, 1, 'inventory_push', 'quiet');
    await write(300, 0, 'inventory_push', 'noisy');
    await database.pool.query(`SELECT setval(pg_get_serial_sequence('channels.history', 'id'), 1000000)`);
    await write(1, 0, 'inventory_push', 'noisy');
    expect(await trimHistory(database.pool, 30, 150)).toBe(151);
    const { rows } = await database.pool.query('SELECT tenant, count(*)::int FROM channels.history GROUP BY tenant ORDER BY tenant');
    expect(rows).toEqual([
      { tenant: 'noisy', count: 150 },
      { tenant: 'quiet', count: 100 },
    ]);
  });

  it('is not made necessary by ids: a gap that is counted again takes none', async () => {
    await database.pool.query(
      `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy)
       VALUES ('demo', 'web', 'webhook', true, 'master_wins')`,
    );
    const newestId = async () => Number((await database.pool.query(`SELECT last_value FROM channels.history_id_seq`)).rows[0].last_value);
    const gap = { tenant: 'demo', channelId: 'web', sku: 'A' };
    await recordMissingMappings(database.pool, [gap]);
    const before = await newestId();
    for (let time = 0; time < 5; time += 1) await recordMissingMappings(database.pool, [gap]);
    expect(await newestId()).toBe(before);
    const { rows } = await database.pool.query('SELECT occurrences FROM channels.history');
    expect(rows).toEqual([{ occurrences: 6 }]);
  });
});
