import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies of rebalancing and their proposals as their streams say; kept by a follower. */
export class Rebalancing1700000000016 implements MigrationInterface {
  readonly name = 'Rebalancing1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE workflow.rebalancing_policy (
    tenant text NOT NULL,
    policy_id text NOT NULL,
    due_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, policy_id)
  )`,
  'CREATE INDEX rebalancing_policy_due ON workflow.rebalancing_policy (due_at)',
  `CREATE TABLE workflow.rebalancing_proposal (
    tenant text NOT NULL,
    proposal_id text NOT NULL,
    policy_id text NOT NULL,
    sku text NOT NULL,
    from_location_id text NOT NULL,
    to_location_id text NOT NULL,
    status text NOT NULL,
    transfer_id text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    record jsonb NOT NULL,
    PRIMARY KEY (tenant, proposal_id)
  )`,
  'CREATE INDEX rebalancing_proposal_by_time ON workflow.rebalancing_proposal (tenant, created_at DESC, proposal_id)',
  `CREATE INDEX rebalancing_proposal_under_way ON workflow.rebalancing_proposal (updated_at) WHERE status IN ('approved', 'ordered')`,
];

const DOWN = ['DROP TABLE workflow.rebalancing_proposal', 'DROP TABLE workflow.rebalancing_policy'];
