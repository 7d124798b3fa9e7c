import { Holdfast } from '@holdfast/client';
import { openPostgresEventStore } from '@holdfast/event-store';
import { createLogger, loadConfig } from '@holdfast/platform';
import {
  addReader,
  ANALYST_VIEWS,
  installAnalytics,
  listReaders,
  rebuild,
  removeReader,
  restrictAnalysts,
  type NewReader,
} from '@holdfast/read-model';
import { openPool } from '@holdfast/runtime';
import { eventually, startOwnTestPostgres, type OwnTestPostgres } from '@holdfast/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startStandalone, type Standalone } from '../src/standalone.js';
import { asUser, HARMFUL, LOCKS, RESTRICTIONS, printedAnswer, questionsOf, SAMPLE } from './analysts.js';
import { jwt, JWT_SECRET } from './jwt.js';

const questions = questionsOf(readFileSync('docs/guides/analysts.md', 'utf8'));

let postgres: OwnTestPostgres;
/** Of the user of Holdfast, who is no superuser here. */
let pool: pg.Pool;
let superuser: pg.Pool;
let server: Standalone;
let folder: string;
let demo: NewReader;
let other: NewReader;

const appUrl = (): string => postgres.connectionString.replace('//holdfast@', '//app@');
const as = <Result>(reader: NewReader, work: (client: pg.Client) => Promise<Result>): Promise<Result> =>
  asUser(postgres.connectionString, reader.login, work);
const rowsOf = async (reader: NewReader, sql: string): Promise<readonly unknown[]> =>
  (await as(reader, (client) => client.query(sql))).rows;

/** Units on hand and held, by each source of the views. */
const SOURCES = ['stock_now', 'movements', "stock_by_day WHERE day = (now() AT TIME ZONE 'UTC')::date"];
const figures = (reader: NewReader): Promise<readonly unknown[]> =>
  rowsOf(reader, SOURCES.map((source) => `SELECT sum(on_hand)::int AS units, sum(held)::int AS held FROM ${source}`).join(' UNION ALL '));
const sameEverywhere = (units: number, held: number) => SOURCES.map(() => ({ units, held }));

beforeAll(async () => {
  postgres = await startOwnTestPostgres();
  superuser = postgres.pool();
  await superuser.query('CREATE ROLE app LOGIN CREATEROLE; GRANT CREATE ON DATABASE postgres TO app');
  pool = openPool(appUrl(), 5, () => undefined);
  folder = mkdtempSync(join(tmpdir(), 'holdfast-analysts-'));
  const config = loadConfig({
    DATABASE_URL: appUrl(),
    HOLDFAST_DATA: folder,
    HOLDFAST_API_KEY: 'hf_analysts_of_the_tests_01234567',
    HOLDFAST_JWT_SECRET: JWT_SECRET,
    HOLDFAST_WEBHOOK_PRIVATE: '1',
    HOLDFAST_LOG_LEVEL: 'silent',
    PORT: '0',
  });
  server = await startStandalone(config, createLogger(config, 'test'));
  const token = jwt({ sub: 'anna', tenant: 'other', permissions: ['*'], exp: Math.floor(Date.now() / 1_000) + 600 });
  const theirs = new Holdfast({ url: server.url, key: token });
  await theirs.locations.put({ locationId: 'SECRET', name: 'Secret place' });
  await theirs.stock.record({ sku: 'SECRET-SKU', locationId: 'SECRET', quantity: 777 });
  [demo, other] = [await addReader(pool, 'demo', 'Maria'), await addReader(pool, 'other', 'Otto')];
  for (const [reader, expected] of [
    [demo, sameEverywhere(SAMPLE.units, SAMPLE.held)],
    [other, sameEverywhere(777, 0)],
  ] as const) {
    await eventually(
      () => figures(reader),
      (found) => JSON.stringify(found) === JSON.stringify(expected),
    );
  }
  await eventually(
    () =>
      rowsOf(
        demo,
        'SELECT (SELECT sum(net)::int FROM sales_by_day) AS sold, (SELECT count(*)::int FROM inbound) AS inbound, (SELECT count(*)::int FROM reservations WHERE committed > 0) AS committed',
      ),
    (found) => JSON.stringify(found) === JSON.stringify([{ sold: SAMPLE.sold, inbound: 1, committed: 3 }]),
  );
});

afterAll(async () => {
  for (const reader of await listReaders(pool)) await removeReader(pool, reader.login);
  await server.stop();
  await pool.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the sample questions of the guide', () => {
  it('are ten', () => expect(questions).toHaveLength(10));

  it.each(questions)('$title', ({ sql, answer }) => as(demo, async (client) => expect(await printedAnswer(client, sql)).toEqual(answer)));
});

describe('a login of a tenant', () => {
  it('sees its own rows in every view, and no other', async () => {
    expect(await rowsOf(other, 'SELECT sku, location_id, on_hand::int FROM stock_now')).toEqual([
      { sku: 'SECRET-SKU', location_id: 'SECRET', on_hand: 777 },
    ]);
    for (const { name } of ANALYST_VIEWS) {
      const rows = await rowsOf(demo, `SELECT * FROM ${name}`);
      expect(JSON.stringify(rows)).not.toContain('SECRET');
      if (name !== 'channel_deliveries') expect([name, rows.length === 0]).toEqual([name, name === 'transfers']);
    }
  });

  it.each([
    ['tables', 'SELECT * FROM read_model.stock'],
    ['events', 'SELECT * FROM event_store.events'],
    ['credentials of channels', 'SELECT * FROM channels.channel'],
    ['the table of logins', 'SELECT * FROM analytics_access.reader'],
    ['the function that names its tenant', 'SELECT analytics_access.tenant()'],
    ['hashes of passwords', 'SELECT * FROM pg_authid'],
    ['the role that owns the views', 'SET ROLE holdfast_analytics'],
    ['the user of Holdfast', 'SET ROLE app'],
    ['a superuser', 'SET ROLE holdfast'],
    ['a session of the other login', () => `SET SESSION AUTHORIZATION ${other.login}`],
    ['a row of the logins', () => `UPDATE analytics_access.reader SET tenant = 'other' WHERE role_name = '${demo.login}'`],
    ['writing', "BEGIN READ WRITE; UPDATE dim_locations SET name = 'x'"],
    ['tables of its own', 'BEGIN READ WRITE; CREATE TABLE analytics.mine (id int)'],
    ['functions of its own', 'BEGIN READ WRITE; CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1'],
    ['files of the server', "SELECT pg_read_file('/etc/passwd')"],
  ])('is refused %s', async (_what, sql) => {
    const text = typeof sql === 'string' ? sql : sql();
    await expect(as(demo, (client) => client.query(text))).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|25006|55000)$/) });
  });

  it.each([
    ['a setting with a tenant', "SET holdfast.tenant = 'other'"],
    ['the role of all analysts', 'SET ROLE holdfast_analysts'],
    ['row security that is off', 'SET row_security = off'],
    ['a search path of its own', 'SET search_path = pg_temp, analytics'],
  ])('sees no more with %s', (_what, setting) =>
    as(demo, async (client) => {
      await client.query(setting);
      const found = await client
        .query("SELECT * FROM analytics.stock_now WHERE sku = 'SECRET-SKU'")
        .catch(({ code }: { code: string }) => code);
      expect(typeof found === 'string' ? found : found.rows).toEqual(typeof found === 'string' ? '42501' : []);
    }),
  );

  it('learns nothing by a cheap function that tells every value that it is called with', () =>
    as(demo, async (client) => {
      const heard: string[] = [];
      client.on('notice', ({ message }) => heard.push(message ?? ''));
      await client.query('SET default_transaction_read_only = off');
      await client.query(
        `CREATE FUNCTION pg_temp.tell(value text) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', value; RETURN true; END $$`,
      );
      await client.query('SELECT * FROM analytics.stock_now WHERE pg_temp.tell(sku)');
      await client.query('SELECT * FROM analytics.movements WHERE pg_temp.tell(sku)');
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.filter((value) => value.includes('SECRET'))).toEqual([]);
    }));

  it('has a password of which Postgres keeps a hash and Holdfast nothing', async () => {
    const { rows } = await superuser.query<{ secret: string; stored: string }>(
      `SELECT a.rolpassword AS secret, row_to_json(r)::text AS stored FROM pg_authid a JOIN analytics_access.reader r ON r.role_name = a.rolname
        WHERE a.rolname = $1`,
      [demo.login],
    );
    expect(rows).toEqual([{ secret: expect.stringMatching(/^SCRAM-SHA-256\$4096:/), stored: expect.not.stringContaining(demo.password) }]);
  });

  it('ends with its sessions when it is removed', async () => {
    const gone = await addReader(pool, 'demo', 'for a moment');
    await as(gone, async (client) => {
      const ended = new Promise((resolve) => client.once('error', resolve));
      expect(await removeReader(pool, gone.login)).toBe(true);
      await ended;
    });
    await expect(as(gone, (client) => client.query('SELECT 1'))).rejects.toMatchObject({ code: '28000' });
    expect(await removeReader(pool, gone.login)).toBe(false);
  });

  it('may not log in after a removal that failed half-way, and the next one completes it', async () => {
    const gone = await addReader(pool, 'demo', 'with things of its own');
    await superuser.query(`CREATE SCHEMA of_gone AUTHORIZATION ${gone.login}`);
    await superuser.query(`CREATE DATABASE of_gone OWNER ${gone.login} STRATEGY file_copy`);
    await expect(removeReader(pool, gone.login)).rejects.toMatchObject({ code: '2BP01' });
    await expect(as(gone, (client) => client.query('SELECT 1'))).rejects.toMatchObject({ code: '28000' });
    await superuser.query('DROP DATABASE of_gone');
    expect(await removeReader(pool, gone.login)).toBe(true);
    expect((await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [gone.login])).rowCount).toBe(0);
  });

  // What follows shows that the services, whose user is no superuser, go on appending and rebuilding.
  it('takes no lock of the services and fills no disk once a superuser has forbidden it', async () => {
    const statements = await restrictAnalysts(pool);
    expect(statements.map((each) => each.replace(/FUNCTION .* (TO|FROM) /, 'FUNCTION … $1 '))).toEqual(RESTRICTIONS);
    await as(demo, (client) => client.query('SELECT pg_try_advisory_lock(1)'));
    expect([await restrictAnalysts(superuser), await restrictAnalysts(pool)]).toEqual([[], []]);
    for (const sql of HARMFUL) await expect(as(demo, (client) => client.query(sql))).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the views', () => {
  it('are in the database as the reference says, with its comments and types', async () => {
    const { rows } = await pool.query(
      `SELECT c.relname AS view, obj_description(c.oid, 'pg_class') AS comment,
              json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL), 'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum) AS columns
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'analytics'::regnamespace GROUP BY c.oid, c.relname ORDER BY c.relname`,
    );
    const declared = ANALYST_VIEWS.map(({ name, comment, columns }) => ({
      ...{ view: name, comment },
      columns: columns.map((each) => ({ name: each.name, type: each.type, comment: each.comment })),
    }));
    expect(rows).toEqual(declared.sort((one, next) => (one.view < next.view ? -1 : 1)));
  });

  it('outlive a rebuild of the read models, which holds no reader up while an analyst has a transaction open', async () => {
    const holdfast = new Holdfast({ url: server.url, key: server.key });
    const stock = 'SELECT sku, location_id, on_hand, reserved, held, value FROM stock_now ORDER BY sku, location_id';
    const before = await rowsOf(demo, stock);
    expect(await installAnalytics(pool)).toBe('current');
    const eventStore = await openPostgresEventStore({ connectionString: appUrl() });
    await as(demo, async (client) => {
      await client.query(`BEGIN; ${stock}`);
      const rebuilt = rebuild({ connectionString: appUrl(), pool, eventStore, swap: true });
      await eventually(
        async () => (await superuser.query(LOCKS)).rows,
        (rows) => JSON.stringify(rows) === JSON.stringify([{ waits_for: 'analytics', service_tables: 0 }]),
      );
      expect(await holdfast.products.getLevels('TENT-4P')).toMatchObject({ productMasterId: 'TENT-4P' });
      expect(await installAnalytics(pool, 50)).toBe('busy');
      await client.query('COMMIT');
      expect((await rebuilt).swapped).toBe(true);
    });
    await eventStore.close();
    expect(await rowsOf(demo, stock)).toEqual(before);
    await holdfast.stock.adjust({ sku: 'TENT-4P', locationId: 'BER', delta: 1, reasonCode: 'found' });
    await eventually(
      () => rowsOf(demo, "SELECT on_hand::int FROM stock_now WHERE sku = 'TENT-4P' AND location_id = 'BER'"),
      (rows) => JSON.stringify(rows) === '[{"on_hand":16}]',
    );
  });
});
