import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderLines1700000000007 implements MigrationInterface {
  readonly name = 'OrderLines1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ingestion.order_lines');
  }
}

const UP = [
  // `channel_id` is empty for orders without a channel. `reservation_id`: what holds the units of an open line.
  `CREATE TABLE ingestion.order_lines (
     tenant text NOT NULL,
     order_id text NOT NULL,
     channel_id text NOT NULL,
     sku text NOT NULL,
     ordered_at timestamptz NOT NULL,
     state text NOT NULL,
     quantity bigint NOT NULL,
     location_id text,
     reservation_id text,
     PRIMARY KEY (tenant, order_id, channel_id, sku))`,
  'CREATE INDEX order_lines_demand ON ingestion.order_lines (tenant, sku, ordered_at)',
];
