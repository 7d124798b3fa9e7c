import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units of measure of products. No event of an earlier version has any, so there is nothing to fill in. */
export class ProductUnits1700000000410 implements MigrationInterface {
  readonly name = 'ProductUnits1700000000410';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE products ADD units jsonb');
    await runner.query(
      `COMMENT ON COLUMN products.units IS 'Units of measure that hold more or less than one unit of stock: a list of unit, its name at outside systems, and units, the units of stock in one of it as a decimal text. Null for none.'`,
    );
    // Pollers ask for thousands of SKUs at a time, of which few have any.
    await runner.query('CREATE INDEX products_with_units ON products (tenant, sku) WHERE units IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE products DROP units');
  }
}
