import type { Pool } from 'pg';
import type { Page } from '@holdfast/platform';
import type { KnownProposal, RebalancingState } from '@holdfast/warehouse';
import type { PolicyRef } from './rebalancing-streams.js';

export type StoredPolicy = PolicyRef & { readonly state: Omit<RebalancingState, 'proposals'> };
export type StoredProposal = PolicyRef & { readonly proposal: KnownProposal };

export interface ProposalFilter {
  readonly policyId?: string | undefined;
  readonly status?: string | undefined;
  readonly sku?: string | undefined;
  readonly locationId?: string | undefined;
}

/** Proposals of other policies that a run counts. */
const MOST_OTHERS = 20_000;

const OF_PROPOSALS = `
  tenant = $1 AND ($2::text IS NULL OR policy_id = $2) AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR sku = $4)
  AND ($5::text IS NULL OR from_location_id = $5 OR to_location_id = $5)`;
const PROPOSALS = `
  SELECT tenant, policy_id AS "policyId", record AS proposal FROM workflow.rebalancing_proposal WHERE ${OF_PROPOSALS}
   ORDER BY created_at DESC, proposal_id LIMIT $6 OFFSET $7`;
const PROPOSAL_COUNT = `SELECT count(*)::int AS total FROM workflow.rebalancing_proposal WHERE ${OF_PROPOSALS}`;
const POLICIES = `
  SELECT tenant, policy_id AS "policyId", state - 'proposals' AS state FROM workflow.rebalancing_policy WHERE tenant = $1
   ORDER BY policy_id LIMIT $2 OFFSET $3`;
const USED_SKUS = `
  SELECT sku FROM workflow.daily_use WHERE tenant = $1 AND location_id = ANY($2) AND day >= $3
   GROUP BY sku ORDER BY sum(sold) DESC, sku LIMIT $4`;
/** Approved ones without a transfer, and those whose transfer has ended. */
const DUE_PROPOSALS = `
  SELECT p.tenant, p.policy_id AS "policyId", p.record AS proposal
    FROM workflow.rebalancing_proposal p
    LEFT JOIN workflow.transfer t ON t.tenant = p.tenant AND t.transfer_id = p.transfer_id
   WHERE (p.status = 'approved' AND p.updated_at < $1) OR (p.status = 'ordered' AND t.status IN ('received', 'cancelled', 'closed'))
   ORDER BY p.updated_at LIMIT 100`;

/** Decided ones of other policies: those that are open, and those that ended lately. */
const OTHERS = `
  SELECT record FROM workflow.rebalancing_proposal
   WHERE tenant = $1 AND policy_id <> $2 AND (from_location_id = ANY($3) OR to_location_id = ANY($3))
     AND (status IN ('approved', 'ordered') OR (status = 'received' AND updated_at >= $4))
   ORDER BY updated_at DESC, proposal_id LIMIT $5`;

/** Policies and proposals as the follower has stored them. */
export class RebalancingTable {
  constructor(private readonly pool: Pool) {}

  async policyPage(tenant: string, page: Page): Promise<{ readonly rows: readonly StoredPolicy[]; readonly total: number }> {
    const [{ rows }, count] = await Promise.all([
      this.pool.query<StoredPolicy>(POLICIES, [tenant, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>('SELECT count(*)::int AS total FROM workflow.rebalancing_policy WHERE tenant = $1', [tenant]),
    ]);
    return { rows, total: count.rows[0]?.total ?? 0 };
  }

  async proposalPage(
    tenant: string,
    { policyId, status, sku, locationId }: ProposalFilter,
    page: Page,
  ): Promise<{ readonly rows: readonly StoredProposal[]; readonly total: number }> {
    const values = [tenant, policyId ?? null, status ?? null, sku ?? null, locationId ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<StoredProposal>(PROPOSALS, [...values, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(PROPOSAL_COUNT, values),
    ]);
    return { rows, total: count.rows[0]?.total ?? 0 };
  }

  /** The policy of a proposal; undefined where the follower has not read of it. */
  async policyOf(tenant: string, proposalId: string): Promise<string | undefined> {
    const text = 'SELECT policy_id AS "policyId" FROM workflow.rebalancing_proposal WHERE tenant = $1 AND proposal_id = $2';
    return (await this.pool.query<{ policyId: string }>(text, [tenant, proposalId])).rows[0]?.policyId;
  }

  /** SKUs that were used at one of the locations since the day, those that were sold most first. */
  async usedSkus(tenant: string, locationIds: readonly string[], sinceDay: number, most: number): Promise<readonly string[]> {
    return (await this.pool.query<{ sku: string }>(USED_SKUS, [tenant, locationIds, sinceDay, most])).rows.map(({ sku }) => sku);
  }

  /** What other policies decided to move from or to these locations, the latest first. @param since epoch milliseconds */
  async others({ tenant, policyId }: PolicyRef, locationIds: readonly string[], since: number): Promise<readonly KnownProposal[]> {
    const values = [tenant, policyId, locationIds, new Date(since), MOST_OTHERS];
    return (await this.pool.query<{ record: KnownProposal }>(OTHERS, values)).rows.map(({ record }) => record);
  }

  /** Policies whose run is due, longest first. */
  async duePolicies(at: number): Promise<readonly PolicyRef[]> {
    const text = `SELECT tenant, policy_id AS "policyId" FROM workflow.rebalancing_policy WHERE due_at <= $1 ORDER BY due_at LIMIT 100`;
    return (await this.pool.query<PolicyRef>(text, [new Date(at)])).rows;
  }

  async nextRun({ tenant, policyId }: PolicyRef, at: number): Promise<void> {
    const text = 'UPDATE workflow.rebalancing_policy SET due_at = $3 WHERE tenant = $1 AND policy_id = $2';
    await this.pool.query(text, [tenant, policyId, new Date(at)]);
  }

  /** @param before an approved proposal that is older has been left by who was to place it */
  async dueProposals(before: number): Promise<readonly StoredProposal[]> {
    return (await this.pool.query<StoredProposal>(DUE_PROPOSALS, [new Date(before)])).rows;
  }
}
