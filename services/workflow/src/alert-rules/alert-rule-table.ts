import { inTransaction } from '@holdfast/kit';
import type { Page } from '@holdfast/platform';
import { MAX_ALERT_RULES } from '@holdfast/warehouse';
import type { Pool, PoolClient } from 'pg';
import { changeRules } from '../stock-alerts/level-rows.js';

export interface RuleRef {
  readonly tenant: string;
  readonly ruleId: string;
}

/** Which SKUs a rule covers, and where; an empty field stands for all. */
export interface RuleScope {
  readonly sku: string;
  readonly category: string;
  readonly locationId: string;
}

export interface AlertRule extends RuleRef, RuleScope {
  readonly threshold: number;
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type RuleFilter = Readonly<Partial<Record<keyof RuleScope, string>>>;

const SELECT = `
  SELECT tenant, rule_id AS "ruleId", sku, category, location_id AS "locationId", threshold::float8 AS threshold, enabled,
         created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"
    FROM workflow.alert_rule`;
const OF_THE_QUERY = `
  tenant = $1 AND ($2::text IS NULL OR sku = $2) AND ($3::text IS NULL OR category = $3) AND ($4::text IS NULL OR location_id = $4)`;
const PUT = `
  INSERT INTO workflow.alert_rule AS r (tenant, rule_id, sku, category, location_id, threshold, enabled, created_by, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
  ON CONFLICT (tenant, rule_id) DO UPDATE
     SET sku = excluded.sku, category = excluded.category, location_id = excluded.location_id, threshold = excluded.threshold,
         enabled = excluded.enabled, updated_at = excluded.updated_at`;
const REWEIGH = 'INSERT INTO workflow.alert_reweigh (tenant, sku, category, location_id) VALUES ($1, $2, $3, $4)';

export type PutOutcome = 'stored' | 'too_many' | { readonly sameScope: string };

/** Rules of thresholds. With each change the SKUs are noted that are to be compared anew, in the same transaction. */
export class AlertRuleTable {
  constructor(private readonly pool: Pool) {}

  async page(tenant: string, { sku, category, locationId }: RuleFilter, page: Page) {
    const values = [tenant, sku ?? null, category ?? null, locationId ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<AlertRule>(`${SELECT} WHERE ${OF_THE_QUERY} ORDER BY rule_id LIMIT $5 OFFSET $6`, [
        ...values,
        page.pageSize,
        page.offset,
      ]),
      this.pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM workflow.alert_rule WHERE ${OF_THE_QUERY}`, values),
    ]);
    return { rows, total: count.rows[0]?.total ?? 0 };
  }

  find(ref: RuleRef): Promise<AlertRule | undefined> {
    return found(this.pool, ref);
  }

  async put(rule: Omit<AlertRule, 'updatedAt'>): Promise<PutOutcome> {
    const { tenant, ruleId, sku, category, locationId, threshold, enabled, createdBy, createdAt } = rule;
    return inTransaction(this.pool, async (client) => {
      await changeRules(client, tenant);
      const before = await found(client, rule);
      const same = await client.query<{ rule_id: string }>(
        'SELECT rule_id FROM workflow.alert_rule WHERE tenant = $1 AND sku = $2 AND category = $3 AND location_id = $4 AND rule_id <> $5',
        [tenant, sku, category, locationId, ruleId],
      );
      if (same.rows[0] !== undefined) return { sameScope: same.rows[0].rule_id };
      if (before === undefined && (await countOf(client, tenant)) >= MAX_ALERT_RULES) return 'too_many';
      await client.query(PUT, [tenant, ruleId, sku, category, locationId, threshold, enabled, createdBy, createdAt]);
      if (before !== undefined && !isSameScope(before, rule)) await reweigh(client, before);
      await reweigh(client, rule);
      return 'stored';
    });
  }

  /** @returns whether there was one */
  async remove(ref: RuleRef): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      await changeRules(client, ref.tenant);
      const rule = await found(client, ref);
      if (rule === undefined) return false;
      await client.query('DELETE FROM workflow.alert_rule WHERE tenant = $1 AND rule_id = $2', [ref.tenant, ref.ruleId]);
      await reweigh(client, rule);
      return true;
    });
  }
}

async function found(client: Pool | PoolClient, { tenant, ruleId }: RuleRef): Promise<AlertRule | undefined> {
  return (await client.query<AlertRule>(`${SELECT} WHERE tenant = $1 AND rule_id = $2`, [tenant, ruleId])).rows[0];
}

async function countOf(client: PoolClient, tenant: string): Promise<number> {
  const { rows } = await client.query<{ total: number }>('SELECT count(*)::int AS total FROM workflow.alert_rule WHERE tenant = $1', [
    tenant,
  ]);
  return rows[0]?.total ?? 0;
}

async function reweigh(client: PoolClient, { tenant, sku, category, locationId }: RuleScope & Pick<RuleRef, 'tenant'>): Promise<void> {
  await client.query(REWEIGH, [tenant, sku, category, locationId]);
}

const isSameScope = (one: RuleScope, other: RuleScope): boolean =>
  one.sku === other.sku && one.category === other.category && one.locationId === other.locationId;
