import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units by lot and bin. No event of an earlier version has any, so there is nothing to fill in. */
export class Positions1700000000412 implements MigrationInterface {
  readonly name = 'Positions1700000000412';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE products ADD lot_control text NOT NULL DEFAULT 'none'");
    await runner.query(`CREATE TABLE positions (
      tenant text COLLATE "C" NOT NULL,
      sku text COLLATE "C" NOT NULL,
      location_id text COLLATE "C" NOT NULL,
      lot_id text COLLATE "C" NOT NULL,
      bin_id text COLLATE "C" NOT NULL,
      units bigint NOT NULL,
      expiry_date text,
      expires_at timestamptz,
      expired boolean NOT NULL,
      position bigint NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant, sku, location_id, lot_id, bin_id))`);
    await runner.query('CREATE INDEX positions_expiring ON positions (tenant, expires_at) WHERE units > 0 AND expires_at IS NOT NULL');
    await runner.query(
      `COMMENT ON TABLE positions IS 'Units of a lot, in a bin, at a location; an empty id is none. On hand less the sum of a location is unassigned. A lot is expired from expires_at on; expired tells whether that is recorded.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE positions');
    await runner.query('ALTER TABLE products DROP lot_control');
  }
}
