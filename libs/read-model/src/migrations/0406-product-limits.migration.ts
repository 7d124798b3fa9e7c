import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each channel may promise of a SKU with limits. A rebuild fills it for SKUs whose limits were set before. */
export class ProductLimits1700000000406 implements MigrationInterface {
  readonly name = 'ProductLimits1700000000406';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE products ADD limits jsonb');
    await runner.query(
      `COMMENT ON COLUMN products.limits IS 'Most units over all locations that each channel may promise, by caps, floors and free units: channels, by id, and others. Null for a SKU without limits.'`,
    );
    await runner.query(
      `COMMENT ON VIEW atp_matrix IS 'What each enabled channel may promise of each SKU at each location, by the location alone. atp: units above safety stock, less the buffers of the channel''s policy, rounded down, never below 0. severity: CRITICAL at or below the policy''s critical threshold, LOW at or below threshold, else OK. A channel''s ATP of a SKU (table channel_atp) is the sum over its locations, within what the limits of the SKU and units owed by locations leave.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE products DROP limits');
  }
}
