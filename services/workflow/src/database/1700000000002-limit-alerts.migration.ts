import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was told last of each SKU and of each location at risk, and when: each kind of alert is told at most once in a while. */
export class LimitAlerts1700000000002 implements MigrationInterface {
  readonly name = 'LimitAlerts1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE workflow.stock_alert
     ADD told_level text NOT NULL DEFAULT 'ok',
     ADD low_stock_told_at timestamptz, ADD stock_out_told_at timestamptz, ADD ok_told_at timestamptz`,
  'UPDATE workflow.stock_alert SET told_level = level',
  'CREATE INDEX stock_alert_untold ON workflow.stock_alert (tenant, sku) WHERE told_level <> level',
  `ALTER TABLE workflow.stock
     ADD told_at_risk boolean NOT NULL DEFAULT false, ADD risk_told_at timestamptz, ADD no_risk_told_at timestamptz`,
  'UPDATE workflow.stock SET told_at_risk = at_risk WHERE at_risk',
  'CREATE INDEX stock_untold ON workflow.stock (tenant, sku, location_id) WHERE told_at_risk <> at_risk',
];

const DOWN = [
  'DROP INDEX workflow.stock_untold',
  'ALTER TABLE workflow.stock DROP told_at_risk, DROP risk_told_at, DROP no_risk_told_at',
  'DROP INDEX workflow.stock_alert_untold',
  'ALTER TABLE workflow.stock_alert DROP told_level, DROP low_stock_told_at, DROP stock_out_told_at, DROP ok_told_at',
];
