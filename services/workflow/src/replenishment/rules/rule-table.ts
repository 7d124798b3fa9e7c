import type { Pool } from 'pg';
import type { Page } from '@holdfast/platform';
import type { ReplenishmentOrder, ReplenishmentState } from '@holdfast/warehouse';
import type { RuleRef } from '../replenishment-streams.js';

export interface StoredOrder extends RuleRef {
  readonly order: ReplenishmentOrder;
}

export interface StoredRule extends RuleRef {
  readonly state: ReplenishmentState;
}

/** A rule that is to be evaluated, and when it became so. */
export interface DueRule extends RuleRef {
  readonly dueAt: Date;
}

export interface RuleFilter {
  readonly sku?: string | undefined;
  readonly locationId?: string | undefined;
  readonly skus?: readonly string[] | undefined;
}

export interface OrderFilter extends RuleFilter {
  readonly status?: string | undefined;
}

const RULE_COLUMNS = 'tenant, sku, location_id AS "locationId"';
const OF_RULES = `tenant = $1 AND method IS NOT NULL AND ($2::text[] IS NULL OR sku = ANY($2)) AND ($3::text IS NULL OR location_id = $3)`;
const OF_ORDERS = `tenant = $1 AND ($2::text IS NULL OR sku = $2) AND ($3::text IS NULL OR location_id = $3) AND ($4::text IS NULL OR status = $4)`;

const PROMISED = `
  SELECT sku, source_location_id AS "locationId", sum(quantity)::float8 AS units FROM workflow.replenishment
   WHERE tenant = $1 AND sku = ANY($2) AND source_location_id IS NOT NULL AND status IN ('approved', 'ordered')
   GROUP BY sku, source_location_id`;

/** Rules and orders as the follower has stored them. */
export class RuleTable {
  constructor(private readonly pool: Pool) {}

  async rules(tenant: string, filter: RuleFilter, limit: number): Promise<readonly StoredRule[]> {
    const text = `SELECT ${RULE_COLUMNS}, state FROM workflow.replenishment_rule WHERE ${OF_RULES} ORDER BY sku, location_id LIMIT $4`;
    return (await this.pool.query<StoredRule>(text, [...ruleValues(tenant, filter), limit])).rows;
  }

  async rulePage(
    tenant: string,
    filter: RuleFilter,
    page: Page,
  ): Promise<{ readonly rows: readonly StoredRule[]; readonly total: number }> {
    const values = ruleValues(tenant, filter);
    const text = `SELECT ${RULE_COLUMNS}, state FROM workflow.replenishment_rule WHERE ${OF_RULES} ORDER BY sku, location_id LIMIT $4 OFFSET $5`;
    const [{ rows }, total] = await Promise.all([
      this.pool.query<StoredRule>(text, [...values, page.pageSize, page.offset]),
      this.count(`SELECT count(*)::int AS total FROM workflow.replenishment_rule WHERE ${OF_RULES}`, values),
    ]);
    return { rows, total };
  }

  async orderPage(
    tenant: string,
    filter: OrderFilter,
    page: Page,
  ): Promise<{ readonly rows: readonly StoredOrder[]; readonly total: number }> {
    const values = [tenant, filter.sku ?? null, filter.locationId ?? null, filter.status ?? null];
    const text = `SELECT ${RULE_COLUMNS}, record AS "order" FROM workflow.replenishment WHERE ${OF_ORDERS}
      ORDER BY created_at DESC, order_id LIMIT $5 OFFSET $6`;
    const [{ rows }, total] = await Promise.all([
      this.pool.query<StoredOrder>(text, [...values, page.pageSize, page.offset]),
      this.count(`SELECT count(*)::int AS total FROM workflow.replenishment WHERE ${OF_ORDERS}`, values),
    ]);
    return { rows, total };
  }

  /** The SKU and the location of an order; undefined where the follower has not read of it. */
  async placeOf(tenant: string, orderId: string): Promise<RuleRef | undefined> {
    const text = `SELECT ${RULE_COLUMNS} FROM workflow.replenishment WHERE tenant = $1 AND order_id = $2`;
    return (await this.pool.query<RuleRef>(text, [tenant, orderId])).rows[0];
  }

  /** Units that each location is to ship by approved orders, by SKU. */
  async promised(tenant: string, skus: readonly string[]): Promise<(sku: string, locationId: string) => number> {
    const { rows } = await this.pool.query<{ sku: string; locationId: string; units: number }>(PROMISED, [tenant, skus]);
    const units = new Map(rows.map((row) => [JSON.stringify([row.sku, row.locationId]), row.units]));
    return (sku, locationId) => units.get(JSON.stringify([sku, locationId])) ?? 0;
  }

  /** Rules that are due, longest first. */
  async due(at: number, limit: number): Promise<readonly DueRule[]> {
    const text = `SELECT ${RULE_COLUMNS}, due_at AS "dueAt" FROM workflow.replenishment_rule WHERE due_at <= $1 ORDER BY due_at LIMIT $2`;
    return (await this.pool.query<DueRule>(text, [new Date(at), limit])).rows;
  }

  /** Sets when the rules are due next; one that became due again meanwhile stays so. */
  async evaluated(rules: readonly DueRule[], nextAt: number): Promise<void> {
    const text = `
      UPDATE workflow.replenishment_rule r SET due_at = $5
        FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS d (tenant, sku, location_id, due_at)
       WHERE r.tenant = d.tenant AND r.sku = d.sku AND r.location_id = d.location_id AND r.due_at = d.due_at`;
    await this.pool.query(text, [
      rules.map(({ tenant }) => tenant),
      rules.map(({ sku }) => sku),
      rules.map(({ locationId }) => locationId),
      rules.map(({ dueAt }) => dueAt),
      new Date(nextAt),
    ]);
  }

  private async count(text: string, values: readonly unknown[]): Promise<number> {
    return (await this.pool.query<{ total: number }>(text, [...values])).rows[0]?.total ?? 0;
  }
}

const ruleValues = (tenant: string, { sku, skus, locationId }: RuleFilter): readonly unknown[] => [
  tenant,
  skus ?? (sku === undefined ? null : [sku]),
  locationId ?? null,
];
