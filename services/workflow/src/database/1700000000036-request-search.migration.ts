import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search of stock requests by a part of a text. Where this Postgres has the extension `pg_trgm` and lets this user install it, the parts are in an
 * index; elsewhere the texts are read one by one, with the same answer.
 */
export class RequestSearch1700000000036 implements MigrationInterface {
  readonly name = 'RequestSearch1700000000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KNOW_PRODUCTS);
    await runner.query(INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of TEXTS) await runner.query(`DROP INDEX IF EXISTS workflow.${name}`);
    await runner.query('DELETE FROM workflow.request_product WHERE position < 0');
  }
}

/** Every SKU of a line has a row. */
const KNOW_PRODUCTS = `
  INSERT INTO workflow.request_product (tenant, sku, position)
  SELECT DISTINCT tenant, sku, -1 FROM workflow.stock_request_line ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO NOTHING`;

const TEXTS = [
  { name: 'stock_request_number_parts', table: 'stock_request', column: 'number' },
  { name: 'stock_request_reason_parts', table: 'stock_request', column: 'reason' },
  { name: 'request_product_sku_parts', table: 'request_product', column: 'sku' },
  { name: 'request_product_name_parts', table: 'request_product', column: 'name' },
];

/** The extension may be there already, in any schema. */
const INDEX = `DO $$
  DECLARE home text;
  BEGIN
    BEGIN
      CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA workflow;
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
      RAISE NOTICE 'searches of stock requests do without pg_trgm: %', SQLERRM;
    END;
    SELECT n.nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    IF home IS NOT NULL THEN
      ${TEXTS.map(
        ({ name, table, column }) =>
          `EXECUTE format('CREATE INDEX ${name} ON workflow.${table} USING gin (${column} %I.gin_trgm_ops)', home);`,
      ).join('\n      ')}
    END IF;
  END $$`;
