import { randomUUID } from 'node:crypto';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { PostgresIdempotencyStore, type SqlPool } from './postgres-store.js';
import type { RememberedAnswer } from './store.js';

const answer = (body: string): RememberedAnswer => ({ requestHash: 'h', status: 201, headers: { 'holdfast-position': '7' }, body });

describe('answers remembered in Postgres', () => {
  let postgres: TestPostgres;
  let store: PostgresIdempotencyStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    store = new PostgresIdempotencyStore({ pool: postgres.pool() });
    await Promise.all([store.ensure(), store.ensure(), new PostgresIdempotencyStore({ pool: postgres.pool() }).ensure()]);
  });
  afterAll(() => postgres.stop());

  const rows = async (): Promise<number> => {
    const result = await postgres.pool().query<{ n: number }>('select count(*)::int as n from platform.remembered_answers');
    return result.rows[0]?.n ?? -1;
  };

  /** A store whose writes reach the database only once its gate was opened. */
  const behindGate = (): { readonly gated: PostgresIdempotencyStore; readonly open: () => void } => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const pool = postgres.pool();
    const slow: SqlPool = {
      query: async (query) => {
        if (query.text.includes('insert into')) await opened;
        return pool.query(query);
      },
    };
    return { gated: new PostgresIdempotencyStore({ pool: slow }), open };
  };

  it('finds what was remembered, as it was', async () => {
    const id = randomUUID();
    expect(await store.find(id)).toBeUndefined();
    await store.remember(id, 'acme', answer('{"b":1,"a":"ü"}'));
    expect(await store.find(id)).toEqual(answer('{"b":1,"a":"ü"}'));
  });

  it('remembers an answer without a body', async () => {
    const id = randomUUID();
    await store.remember(id, 'acme', { ...answer(''), body: null, headers: {} });
    expect(await store.find(id)).toEqual({ requestHash: 'h', status: 201, headers: {}, body: null });
  });

  it('keeps the first answer, also of another process', async () => {
    const other = new PostgresIdempotencyStore({ pool: postgres.pool() });
    const id = randomUUID();
    await store.remember(id, 'acme', answer('"first"'));
    expect(await other.remember(id, 'acme', answer('"second"'))).toEqual(answer('"first"'));
    expect(await store.find(id)).toEqual(answer('"first"'));
  });

  it('finds what is written soon at once, and writes it', async () => {
    const id = randomUUID();
    const { gated, open } = behindGate();
    await gated.rememberSoon(id, 'acme', answer('"soon"'));
    expect(await gated.find(id)).toEqual(answer('"soon"'));
    expect(await store.find(id)).toBeUndefined();
    open();
    await gated.settled();
    expect(await store.find(id)).toEqual(answer('"soon"'));
  });

  it('misses what waits to be written while the database is away, and keeps whichever is written first', async () => {
    let away = true;
    const failing: SqlPool = {
      query: (query) =>
        away && query.text.includes('insert into') ? Promise.reject(new Error('the database is away')) : postgres.pool().query(query),
    };
    const [id, other] = [randomUUID(), randomUUID()];
    const slow = new PostgresIdempotencyStore({ pool: failing });
    await slow.rememberSoon(id, 'acme', answer('"soon"'));
    await store.remember(other, 'acme', answer('"kept"'));
    const meanwhile = { found: await slow.find(id), missing: await slow.missing([id, other]) };
    away = false;
    expect(meanwhile).toEqual({ found: answer('"soon"'), missing: [id] });
    expect(await slow.remember(id, 'acme', answer('"soon"'))).toEqual(answer('"soon"'));
    expect(await slow.missing([id, other])).toEqual([]);
    await slow.settled();
  });

  it('leaves what another process kept first as it is', async () => {
    const id = randomUUID();
    const { gated, open } = behindGate();
    await gated.rememberSoon(id, 'acme', answer('"second"'));
    await store.remember(id, 'acme', answer('"first"'));
    open();
    await gated.settled();
    expect(await gated.find(id)).toEqual(answer('"first"'));
  });

  it('gives each of many at once its own answer', async () => {
    const ids = Array.from({ length: 1200 }, () => randomUUID());
    await Promise.all(ids.map((id) => store.remember(id, 'acme', answer(JSON.stringify(id)))));
    const found = await Promise.all(ids.map((id) => store.find(id)));
    expect(found.map((each) => each?.body)).toEqual(ids.map((id) => JSON.stringify(id)));
  });

  it('keeps the same answers of two processes that come to them in opposite orders', async () => {
    const [first = '', middle = '', last = ''] = [randomUUID(), randomUUID(), randomUUID()].sort();
    const held = await postgres.pool().connect();
    const waiting = async (count: number): Promise<void> => {
      const sql = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%platform.remembered_answers%'`;
      while (((await postgres.pool().query(sql)).rowCount ?? 0) < count) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await held.query('begin');
    await held.query(
      `insert into platform.remembered_answers (id, tenant, request_hash, status, headers) values ($1, 'acme', 'h', 201, '{}')`,
      [middle],
    );
    const other = new PostgresIdempotencyStore({ pool: postgres.pool() });
    const one = Promise.all([last, middle, first].map((id) => store.remember(id, 'acme', answer('"one"'))));
    await waiting(1);
    const two = Promise.all([first, last].map((id) => other.remember(id, 'acme', answer('"two"'))));
    await waiting(2);
    await held.query('rollback');
    held.release();
    expect((await one).map(({ body }) => body)).toEqual(['"one"', '"one"', '"one"']);
    expect((await two).map(({ body }) => body)).toEqual(['"one"', '"one"']);
  });

  it('forgets after seven days, not before', async () => {
    const id = randomUUID();
    await store.remember(id, 'acme', answer('1'));
    const before = await rows();
    await postgres
      .pool()
      .query(`update platform.remembered_answers set remembered_at = now() - interval '6 days 23 hours' where id = $1`, [id]);
    await store.prune();
    expect(await rows()).toBe(before);
    await postgres
      .pool()
      .query(`update platform.remembered_answers set remembered_at = now() - interval '7 days 1 hour' where id = $1`, [id]);
    await store.prune();
    expect(await store.find(id)).toBeUndefined();
    expect(await rows()).toBe(before - 1);
  });

  it('forgets all that is too old, however much came in a day', async () => {
    await postgres.pool().query(
      `insert into platform.remembered_answers (id, tenant, request_hash, status, headers, remembered_at)
       select gen_random_uuid(), 'acme', 'h', 200, '{}', now() - interval '8 days' from generate_series(1, 25000)`,
    );
    const before = await rows();
    await store.prune();
    expect(await rows()).toBe(before - 25_000);
  });

  it('remembers while what is too old cannot be dropped', async () => {
    const pruningFails: SqlPool = {
      query: (query) => (query.text.includes('delete from') ? Promise.reject(new Error('no disk left')) : postgres.pool().query(query)),
    };
    const id = randomUUID();
    const busy = new PostgresIdempotencyStore({ pool: pruningFails });
    await expect(busy.remember(id, 'acme', answer('1'))).resolves.toEqual(answer('1'));
    expect(await busy.find(id)).toEqual(answer('1'));
    await expect(busy.prune()).rejects.toThrow('no disk left');
  });
});
