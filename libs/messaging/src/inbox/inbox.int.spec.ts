import type pg from 'pg';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { Inbox, inboxDdl } from './inbox.js';

describe('the inbox', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  const inbox = new Inbox('shop', 'orders');

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = postgres.pool();
    await pool.query(`create schema shop; ${inboxDdl('shop')}`);
  });
  afterAll(() => postgres.stop());
  beforeEach(() => pool.query('truncate shop.inbox'));

  const claim = async (ids: string[]): Promise<string[]> => [...(await inbox.claim(pool, ids))].sort();

  it('answers only what nobody claimed before, each id once', async () => {
    expect(await claim(['a', 'b', 'a'])).toEqual(['a', 'b']);
    expect(await claim(['b', 'c'])).toEqual(['c']);
    expect(await claim(['a', 'b', 'c'])).toEqual([]);
    expect(await claim([])).toEqual([]);
  });

  it('forgets a claim whose effect was rolled back', async () => {
    const client = await pool.connect();
    await client.query('begin');
    expect((await inbox.claim(client, ['a'])).has('a')).toBe(true);
    await client.query('rollback');
    client.release();
    expect(await claim(['a'])).toEqual(['a']);
  });

  it('lets one of two transactions have each id, whatever order they name them in', async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `id-${n}`);
    const both = await Promise.all(
      [ids, [...ids].reverse()].map(async (order) => {
        const client = await pool.connect();
        await client.query('begin');
        const won = await inbox.claim(client, order);
        await client.query('commit');
        client.release();
        return [...won];
      }),
    );
    expect(both.flat().sort()).toEqual([...ids].sort());
  });

  it('keeps consumers apart', async () => {
    await claim(['a']);
    expect([...(await new Inbox('shop', 'mails').claim(pool, ['a']))]).toEqual(['a']);
  });

  it('forgets the old ones of its own consumer', async () => {
    await pool.query(
      `insert into shop.inbox select c, n::text, now() - interval '2 days' from generate_series(1, 4500) n, (values ('orders'), ('mails')) v (c)`,
    );
    await claim(['young']);
    expect(await inbox.prune(pool, 86_400_000)).toBe(4_500);
    expect(await claim(['young', '1'])).toEqual(['1']);
    expect((await pool.query('select count(*)::int as n from shop.inbox')).rows[0]).toEqual({ n: 4_502 });
  });

  it('refuses a schema name that is none', () => {
    expect(() => inboxDdl('shop; drop table x')).toThrow('Not a plain schema name');
  });
});
