import pg from 'pg';

const CONNECTIONS = 32;

const TABLES = `
  create schema if not exists bench;
  create table if not exists bench.shelf (
    sku int not null,
    location int not null,
    units int not null,
    promised int not null default 0,
    primary key (sku, location)
  );
  create table if not exists bench.promise (
    id uuid primary key default gen_random_uuid(),
    sku int not null,
    location int not null,
    units int not null,
    state text not null default 'open',
    ends_at timestamptz not null default now() + interval '15 minutes',
    made_at timestamptz not null default now()
  )`;

const STOCK = `
  insert into bench.shelf (sku, location, units)
  select sku, location, $3 from generate_series(1, $1::int) as sku, generate_series(1, $2::int) as location`;

/** Check and take in one statement: one round trip, one commit, no lock held between the two. */
const TAKE = {
  name: 'bench_take',
  text: `
    with found as (
      update bench.shelf set promised = promised + $3 where sku = $1 and location = $2 and units - promised >= $3 returning sku)
    insert into bench.promise (sku, location, units) select $1, $2, $3 from found returning id`,
};

/** A whole cart in one statement, which is one transaction: rows locked in the order of SKUs, all lines or none. */
const TAKE_ALL = {
  name: 'bench_take_all',
  text: `
    with wanted as (select * from unnest($1::int[], $2::int[]) as line (sku, units)),
    locked as materialized (
      select shelf.sku, wanted.units from bench.shelf join wanted using (sku)
      where shelf.location = 1 and shelf.units - shelf.promised >= wanted.units
      order by shelf.sku for update of shelf),
    whole as (select sku, units from locked where (select count(*) from locked) = cardinality($1)),
    booked as (
      update bench.shelf set promised = shelf.promised + whole.units from whole
      where shelf.sku = whole.sku and shelf.location = 1 returning shelf.sku, whole.units)
    insert into bench.promise (sku, location, units) select sku, 1, units from booked returning id`,
};

/** Reservation the way a careful engineer writes it without Holdfast: a single prepared statement on plain tables. */
export class SqlShop {
  private constructor(private readonly pool: pg.Pool) {}

  /** @param connections most of its pool; default 32 */
  static async open(connectionString: string, connections = CONNECTIONS): Promise<SqlShop> {
    const pool = new pg.Pool({ connectionString, max: connections });
    // Idle connections may outlive the server at the very end.
    pool.on('error', () => undefined);
    await pool.query(TABLES);
    return new SqlShop(pool);
  }

  /** Empties the shop and stocks SKUs 1 to `skus` at locations 1 to `locations`. */
  async stock(skus: number, locations: number, units: number): Promise<void> {
    await this.pool.query('truncate bench.shelf, bench.promise');
    await this.pool.query(STOCK, [skus, locations, units]);
    await this.pool.query('vacuum analyze bench.shelf');
  }

  /** Whether the units were there and are now promised, durably. */
  async take(sku: number, location: number, units: number): Promise<boolean> {
    const { rowCount } = await this.pool.query({ ...TAKE, values: [sku, location, units] });
    return rowCount === 1;
  }

  /** Whether all lines were there, at location 1, and are now promised, durably. */
  async takeAll(skus: readonly number[], units: readonly number[]): Promise<boolean> {
    const { rowCount } = await this.pool.query({ ...TAKE_ALL, values: [skus, units] });
    return rowCount === skus.length;
  }

  /** @throws when the sums of promises and stock differ: such a baseline is invalid */
  async check(): Promise<void> {
    const { rows } = await this.pool.query<{ promised: string; booked: string }>(`
      select coalesce((select sum(units) from bench.promise), 0) as promised, coalesce((select sum(promised) from bench.shelf), 0) as booked`);
    const { promised, booked } = rows[0] ?? { promised: '', booked: 'nothing' };
    if (promised !== booked) throw new Error(`the baseline promised ${promised} units and booked ${booked}`);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
