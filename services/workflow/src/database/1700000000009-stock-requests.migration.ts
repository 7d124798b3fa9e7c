import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stock requests as their streams say, with the products that lists name; kept by followers. */
export class StockRequests1700000000009 implements MigrationInterface {
  readonly name = 'StockRequests1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE workflow.stock_request (
    tenant text NOT NULL,
    request_id text NOT NULL,
    number text NOT NULL,
    status text NOT NULL,
    phase text NOT NULL,
    phase_since timestamptz NOT NULL,
    priority text NOT NULL,
    from_location_id text NOT NULL,
    to_location_id text,
    reason text,
    requested_by text NOT NULL,
    authors text[] NOT NULL,
    needed_by date,
    submitted_at timestamptz,
    approved_at timestamptz,
    reserved_until timestamptz,
    holds boolean NOT NULL,
    waits boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    record jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, request_id)
  )`,
  'CREATE INDEX stock_request_by_time ON workflow.stock_request (tenant, created_at DESC, request_id)',
  'CREATE INDEX stock_request_by_status ON workflow.stock_request (tenant, status, created_at DESC, request_id)',
  `CREATE INDEX stock_request_under_way ON workflow.stock_request (phase_since) WHERE phase IN ('approving', 'releasing', 'shipping')`,
  `CREATE INDEX stock_request_reserved ON workflow.stock_request (reserved_until) WHERE phase IN ('approved', 'fulfilling')`,
  `CREATE TABLE workflow.stock_request_line (
    tenant text NOT NULL,
    request_id text NOT NULL,
    line_id text NOT NULL,
    sku text NOT NULL,
    requested bigint NOT NULL,
    approved bigint NOT NULL,
    reserved bigint NOT NULL,
    waiting bigint NOT NULL,
    shipped bigint NOT NULL,
    cancelled bigint NOT NULL,
    PRIMARY KEY (tenant, request_id, line_id)
  )`,
  'CREATE INDEX stock_request_line_by_sku ON workflow.stock_request_line (tenant, sku)',
  // Positions ask for the open lines of a SKU again and again; those that have ended go on growing in number.
  `CREATE INDEX stock_request_line_open ON workflow.stock_request_line (tenant, sku) WHERE approved = 0 OR approved > shipped + cancelled`,
  'CREATE TABLE workflow.stock_request_number (tenant text PRIMARY KEY, last bigint NOT NULL)',
  `CREATE TABLE workflow.request_product (
    tenant text NOT NULL,
    sku text NOT NULL,
    name text,
    category text,
    barcode text,
    cost_minor bigint,
    position bigint NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
  'CREATE INDEX request_product_by_barcode ON workflow.request_product (tenant, barcode) WHERE barcode IS NOT NULL',
];

const DOWN = ['request_product', 'stock_request_number', 'stock_request_line', 'stock_request'].map(
  (table) => `DROP TABLE workflow.${table}`,
);
