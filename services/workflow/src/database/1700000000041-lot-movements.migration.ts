import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units of each lot by day, and its instants of expiry as they were known, for the figures of a period's end. Both are read from the log. */
export class LotMovements1700000000041 implements MigrationInterface {
  readonly name = 'LotMovements1700000000041';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['lot_instant', 'lot_movement']) await runner.query(`DROP TABLE workflow.${table}`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'lot-movements'");
  }
}

const UP = [
  `CREATE TABLE workflow.lot_movement (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    part integer NOT NULL,
    location_id text NOT NULL,
    lot_id text NOT NULL,
    day integer NOT NULL,
    units bigint NOT NULL,
    PRIMARY KEY (tenant, sku, revision, part)
  )`,
  // A row with an empty location is for all locations of the lot that have no row of that revision.
  `CREATE TABLE workflow.lot_instant (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    part integer NOT NULL,
    location_id text NOT NULL,
    lot_id text NOT NULL,
    day integer NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (tenant, sku, revision, part)
  )`,
  'CREATE INDEX lot_instant_by_lot ON workflow.lot_instant (tenant, sku, lot_id, revision)',
];
