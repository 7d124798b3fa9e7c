import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SKUs whose stock a channel keeps itself, as it was last booked. */
export class KeptStock1700000000008 implements MigrationInterface {
  readonly name = 'KeptStock1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE channels.kept_stock (
        tenant text NOT NULL,
        channel_id text NOT NULL,
        sku text NOT NULL,
        listing_id text NOT NULL,
        booked_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant, channel_id, sku)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channels.kept_stock');
  }
}
