import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stock, value and cost of goods by day, SKU and location, for analytics. */
export class DailyClosing1700000000011 implements MigrationInterface {
  readonly name = 'DailyClosing1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['closing_sku', 'closing_place', 'daily_closing']) await runner.query(`DROP TABLE workflow.${table}`);
  }
}

const UP = [
  `CREATE TABLE workflow.daily_closing (
    tenant text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    day integer NOT NULL,
    on_hand bigint NOT NULL,
    held bigint NOT NULL,
    in_transit bigint NOT NULL,
    unit_cost bigint,
    value_days numeric NOT NULL,
    cost_of_goods numeric NOT NULL,
    units_without_cost bigint NOT NULL,
    last_use_day integer,
    received_day integer,
    PRIMARY KEY (tenant, sku, location_id, day)
  )`,
  `COMMENT ON TABLE workflow.daily_closing IS
    'The close of each day on which something happened to a SKU at a location; a day without a row closes as the row before it.'`,
  `COMMENT ON COLUMN workflow.daily_closing.day IS 'Days since 1970, UTC'`,
  `COMMENT ON COLUMN workflow.daily_closing.unit_cost IS 'Standard cost of a unit in force, minor units of the currency; NULL while there is none'`,
  `COMMENT ON COLUMN workflow.daily_closing.value_days IS
    'Running total: sum of the closing values (greatest(on_hand, 0) * unit_cost) of all days before this one, minor units times days'`,
  `COMMENT ON COLUMN workflow.daily_closing.cost_of_goods IS
    'Running total up to the end of the day: cost of use less what came back, each at the cost in force then, minor units'`,
  `COMMENT ON COLUMN workflow.daily_closing.units_without_cost IS 'Running total of units used or returned while there was no cost'`,
  `COMMENT ON COLUMN workflow.daily_closing.received_day IS 'Since when there has been stock; it comes along with units that move'`,
  `CREATE TABLE workflow.closing_place (
    tenant text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    PRIMARY KEY (tenant, sku, location_id)
  )`,
  `CREATE TABLE workflow.closing_sku (
    tenant text NOT NULL,
    sku text NOT NULL,
    unit_cost bigint,
    category text,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
];
