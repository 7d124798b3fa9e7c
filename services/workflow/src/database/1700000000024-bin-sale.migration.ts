import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which bins are for sale by the catalogue, and what each SKU was told of it. */
export class BinSale1700000000024 implements MigrationInterface {
  readonly name = 'BinSale1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bin_told', 'bin_sale', 'location_sale']) await runner.query(`DROP TABLE workflow.${table}`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'bin-sale'");
  }
}

const UP = [
  `CREATE TABLE workflow.location_sale (
    tenant text NOT NULL,
    location_id text NOT NULL,
    before_put_away boolean NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, location_id)
  )`,
  `CREATE TABLE workflow.bin_sale (
    tenant text NOT NULL,
    location_id text NOT NULL,
    bin_id text NOT NULL,
    sellable boolean NOT NULL,
    is_receiving boolean NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, location_id, bin_id)
  )`,
  `CREATE TABLE workflow.bin_told (
    tenant text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    bin_id text NOT NULL,
    is_closed boolean NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku, location_id, bin_id)
  )`,
  'CREATE INDEX bin_told_closed ON workflow.bin_told (tenant, location_id, bin_id) WHERE is_closed',
];
