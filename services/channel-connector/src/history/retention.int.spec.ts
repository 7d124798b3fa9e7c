import type { TestDatabase } from '../../test/database.js';
import { startDatabase } from '../../test/database.js';
import { ConflictTable } from '../conflicts/conflict-table.js';
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

  it('keeps the row of a conflict for as long as it is open, however old it is and however many rows are newer', async () => {
    const found = (sku: string) => ({ sku, listingId: sku, ours: 5, theirs: { quantity: 9, parts: [] } });
    const conflicts = new ConflictTable(database.pool);
    const shop = { tenant: 'demo', channelId: 'shop' };
    await conflicts.open(shop, [found('open'), found('decided')]);
    const idOf = async (sku: string): Promise<string> =>
      (await database.pool.query<{ id: string }>('SELECT conflict_id AS id FROM channels.conflict WHERE sku = $1', [sku])).rows[0]?.id ??
      '';
    const decided = await conflicts.find('demo', await idOf('decided'));
    if (decided === undefined) throw new Error('the conflict is not there');
    await conflicts.decide(decided, 'master', 'somebody');
    await database.pool.query(`UPDATE channels.history SET at = now() - interval '31 days'`);
    await write(200, 0);

    expect(await trimHistory(database.pool, 30, 150)).toBe(2 + 50);
    expect(await left()).toBe(151);
    const { rows } = await database.pool.query(
      `SELECT sku, conflict_id AS id FROM channels.history WHERE operation = 'inventory_conflict'`,
    );
    expect(rows).toEqual([{ sku: 'open', id: await idOf('open') }]);
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
