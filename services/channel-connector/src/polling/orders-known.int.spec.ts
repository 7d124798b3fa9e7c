import { pause } from '@holdfast/kit';
import { startDatabase, type TestDatabase } from '../../test/database.js';
import { ordersKnown } from './orders-known.js';

const CHANNEL = { tenant: 'demo', channelId: 'shop' };
const MOST_MS = 15_000;

describe('orders that a channel lists by now', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    await database.clear();
    await database.pool.query('DELETE FROM channels.polling');
    await database.pool.query(
      `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy) VALUES ('demo', 'shop', 'webhook', true, 'master_wins')`,
    );
    await database.pool.query(
      `INSERT INTO channels.polling (tenant, channel_id, next_at) VALUES ('demo', 'shop', now() + interval '1 minute')`,
    );
  });

  /** Polls the channel when it is asked to, as often as asked. @param behind orders are known up to so long before a poll */
  const polledWhile = async (behind: string, work: Promise<boolean>): Promise<{ isKnown: boolean; polls: number; ms: number }> => {
    const began = Date.now();
    const ended = new AbortController();
    const isKnown = work.finally(() => ended.abort());
    let polls = 0;
    while (!ended.signal.aborted) {
      const { rowCount } = await database.pool.query(
        `UPDATE channels.polling SET orders_until = now() - $1::interval, next_at = now() + interval '1 minute' WHERE next_at <= now()`,
        [behind],
      );
      polls += rowCount ?? 0;
      await pause(20, ended.signal);
    }
    return { isKnown: await isKnown, polls, ms: Date.now() - began };
  };
  const known = () => ordersKnown(database.pool, CHANNEL, MOST_MS, new AbortController().signal);

  it('are known once a poll was made', async () => {
    expect(await polledWhile('0', known())).toMatchObject({ isKnown: true, polls: 1 });
  });

  it('are not waited for where a poll of now tells only those of minutes ago', async () => {
    const { isKnown, polls, ms } = await polledWhile('5 minutes', known());
    expect([isKnown, polls <= 2, ms < MOST_MS / 2]).toEqual([false, true, true]);
  });
});
