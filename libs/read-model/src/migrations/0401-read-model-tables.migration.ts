import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Names carry no schema: the same migration makes the live tables and, under another search path, those of a rebuild. */
export class ReadModelTables1700000000401 implements MigrationInterface {
  readonly name = 'ReadModelTables1700000000401';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...VIEWS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW atp_matrix');
    await runner.query('DROP FUNCTION promisable_units(bigint, bigint, bigint, double precision)');
    for (const table of ['checkpoint', 'reservations', 'channel_atp', 'stock', 'channels', 'locations', 'products'])
      await runner.query(`DROP TABLE ${table}`);
  }
}

/** Keys compare byte by byte: faster, and in the order of every other part of Holdfast. */
const KEY = 'text COLLATE "C" NOT NULL';
const TIMES = 'position bigint NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL';
/** Rows that change all the time leave room in their page, so that no index entry is written for a change. */
const HOT = 'WITH (fillfactor = 70)';

const TABLES = [
  `CREATE TABLE products (
     tenant ${KEY}, sku ${KEY}, name text, category text, barcode text, brand_id ${KEY.replace(' NOT NULL', '')},
     cost_minor bigint, low_stock_threshold bigint, verified boolean NOT NULL, ${TIMES},
     PRIMARY KEY (tenant, sku))`,
  'CREATE INDEX products_brand ON products (tenant, brand_id, sku) WHERE brand_id IS NOT NULL',

  `CREATE TABLE locations (
     tenant ${KEY}, location_id ${KEY}, name text NOT NULL, kind text NOT NULL, priority integer NOT NULL,
     registered boolean NOT NULL, ${TIMES},
     PRIMARY KEY (tenant, location_id))`,

  `CREATE TABLE channels (
     tenant ${KEY}, channel_id ${KEY}, name text NOT NULL, channel_type text NOT NULL, enabled boolean NOT NULL, policy_id text NOT NULL,
     buffer_units bigint NOT NULL, buffer_percent double precision NOT NULL, low_threshold bigint NOT NULL, critical_threshold bigint NOT NULL,
     ${TIMES},
     PRIMARY KEY (tenant, channel_id))`,

  `CREATE TABLE stock (
     tenant ${KEY}, sku ${KEY}, location_id ${KEY},
     on_hand bigint NOT NULL, reserved bigint NOT NULL, in_transit bigint NOT NULL, safety_stock bigint NOT NULL,
     version bigint NOT NULL, ${TIMES},
     PRIMARY KEY (tenant, sku, location_id)) ${HOT}`,
  'CREATE INDEX stock_location ON stock (tenant, location_id, sku)',

  `CREATE TABLE channel_atp (
     tenant ${KEY}, sku ${KEY}, channel_id ${KEY}, atp bigint NOT NULL, version bigint NOT NULL, ${TIMES},
     PRIMARY KEY (tenant, sku, channel_id)) ${HOT}`,
  'CREATE INDEX channel_atp_channel ON channel_atp (tenant, channel_id, sku)',

  `CREATE TABLE reservations (
     tenant ${KEY}, reservation_id ${KEY}, order_id text NOT NULL, status text NOT NULL, channel_id text,
     lines jsonb NOT NULL, expires_at timestamptz NOT NULL, ${TIMES},
     PRIMARY KEY (tenant, reservation_id)) ${HOT}`,

  `CREATE TABLE checkpoint (
     id smallint PRIMARY KEY CHECK (id = 1),
     position bigint NOT NULL, published_position bigint NOT NULL, epoch bigint NOT NULL, recorded_at timestamptz)`,
  'INSERT INTO checkpoint VALUES (1, -1, -1, 0, NULL)',
];

const VIEWS = [
  // The same rule as `channelAtp` in the domain; a property test compares both.
  `CREATE FUNCTION promisable_units(available bigint, safety_stock bigint, buffer_units bigint, buffer_percent double precision)
   RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
     greatest(0, floor((available - safety_stock)::double precision * (100 - buffer_percent) / 100 - buffer_units))::bigint`,

  `CREATE VIEW atp_matrix AS
   SELECT m.tenant, m.sku, m.location_id, m.channel_id, m.on_hand, m.reserved, m.available, m.atp,
          CASE WHEN m.atp <= m.critical_threshold THEN 'CRITICAL' WHEN m.atp <= m.low_threshold THEN 'LOW' ELSE 'OK' END AS severity,
          m.low_threshold AS threshold, m.policy_id
   FROM (SELECT s.tenant, s.sku, s.location_id, c.channel_id, s.on_hand, s.reserved, s.on_hand - s.reserved AS available,
                promisable_units(s.on_hand - s.reserved, s.safety_stock, c.buffer_units, c.buffer_percent) AS atp,
                c.low_threshold, c.critical_threshold, c.policy_id
         FROM stock s JOIN channels c ON c.tenant = s.tenant AND c.enabled) m`,

  `COMMENT ON VIEW atp_matrix IS 'What each enabled channel may promise of each SKU at each location. atp: units above safety stock, less the buffers of the channel''s policy, rounded down, never below 0. severity: CRITICAL at or below the policy''s critical threshold, LOW at or below threshold, else OK. A channel''s ATP of a SKU is the sum over its locations (table channel_atp).'`,
  `COMMENT ON TABLE stock IS 'SKU x location in units. version counts the changes published on inventory.atp.v1; position is that of the newest event that changed the row.'`,
  `COMMENT ON TABLE checkpoint IS 'One row. position: events up to here are in the tables; published_position: their messages are on the topics; epoch: which projector may write.'`,
];
