import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Receivers of alerts, and what is still to be sent to each. A row of `alert_delivery` ends with its alert, its webhook, or its delivery. */
export class AlertWebhooks1700000000005 implements MigrationInterface {
  readonly name = 'AlertWebhooks1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.alert_delivery');
    await runner.query('DROP TABLE workflow.alert_webhook');
  }
}

const UP = [
  `CREATE TABLE workflow.alert_webhook (
    tenant text NOT NULL,
    webhook_id text NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    types text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    fault text,
    gone boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    PRIMARY KEY (tenant, webhook_id)
  )`,
  `CREATE TABLE workflow.alert_delivery (
    tenant text NOT NULL,
    webhook_id text NOT NULL,
    alert_id uuid NOT NULL REFERENCES workflow.alert (id) ON DELETE CASCADE,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, webhook_id, alert_id),
    FOREIGN KEY (tenant, webhook_id) REFERENCES workflow.alert_webhook (tenant, webhook_id) ON DELETE CASCADE
  )`,
  'CREATE INDEX alert_delivery_by_alert ON workflow.alert_delivery (alert_id)',
];
