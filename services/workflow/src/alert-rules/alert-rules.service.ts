import type { KnownLocations } from '@holdfast/ledger';
import { paginationOf, Problem, type Page } from '@holdfast/platform';
import { MAX_ALERT_RULES } from '@holdfast/warehouse';
import { mustKnowLocation } from '../locations/must-know.js';
import type { AlertRule, AlertRuleTable, RuleRef } from './alert-rule-table.js';
import type { AlertRulesPage, AlertRulesQuery, AlertRuleView, PutAlertRuleRequest } from './alert-rules.dto.js';
import type { Reweighing } from './reweighing.js';

export interface AlertRulesParts {
  readonly table: AlertRuleTable;
  readonly reweighing: Reweighing;
  readonly locations: KnownLocations;
  readonly now: () => number;
}

/** Thresholds of a tenant's SKUs. */
export class AlertRulesService {
  constructor(private readonly parts: AlertRulesParts) {}

  async page(tenant: string, query: AlertRulesQuery, page: Page): Promise<AlertRulesPage> {
    const { rows, total } = await this.parts.table.page(tenant, query, page);
    return { rules: rows.map(ruleView), pagination: paginationOf(page, total) };
  }

  /** @throws Problem 404 `unknown_alert_rule` */
  async get(ref: RuleRef): Promise<AlertRuleView> {
    return ruleView(await this.mustFind(ref));
  }

  /**
   * Stores a rule; its SKUs are compared with it from now on.
   * @throws Problem 400 `validation_failed`, 404 `unknown_location`, 409 `alert_rule_exists`, `too_many_alert_rules`
   */
  async put(ref: RuleRef, request: PutAlertRuleRequest, by: string): Promise<AlertRuleView> {
    const { table, locations, now } = this.parts;
    const scope = { sku: request.sku ?? '', category: request.category ?? '', locationId: request.locationId ?? '' };
    if (scope.sku !== '' && scope.category !== '')
      throw new Problem(400, 'validation_failed', 'The request body has faults', {
        details: [{ field: 'category', message: 'must be left out where sku is given' }],
      });
    if (scope.locationId !== '') await mustKnowLocation(locations, ref.tenant, 'locationId', scope.locationId);
    const { threshold, enabled = true } = request;
    const outcome = await table.put({ ...ref, ...scope, threshold, enabled, createdBy: by, createdAt: new Date(now()) });
    if (outcome === 'too_many')
      throw new Problem(409, 'too_many_alert_rules', `A tenant has at most ${String(MAX_ALERT_RULES)} alert rules; remove some`);
    if (outcome !== 'stored')
      throw new Problem(409, 'alert_rule_exists', 'Another rule covers the same', { details: [{ ruleId: outcome.sameScope }] });
    this.parts.reweighing.nudge();
    return this.get(ref);
  }

  /** @throws Problem 404 `unknown_alert_rule` */
  async remove(ref: RuleRef): Promise<void> {
    if (!(await this.parts.table.remove(ref))) throw unknownRule(ref);
    this.parts.reweighing.nudge();
  }

  private async mustFind(ref: RuleRef): Promise<AlertRule> {
    const found = await this.parts.table.find(ref);
    if (found === undefined) throw unknownRule(ref);
    return found;
  }
}

const unknownRule = ({ ruleId }: RuleRef): Problem =>
  new Problem(404, 'unknown_alert_rule', 'There is no such alert rule', { details: [{ ruleId }] });

const orNull = (text: string): string | null => (text === '' ? null : text);

const ruleView = (rule: AlertRule): AlertRuleView => ({
  ruleId: rule.ruleId,
  sku: orNull(rule.sku),
  category: orNull(rule.category),
  locationId: orNull(rule.locationId),
  threshold: rule.threshold,
  enabled: rule.enabled,
  createdBy: rule.createdBy,
  createdAt: rule.createdAt.toISOString(),
  updatedAt: rule.updatedAt.toISOString(),
});
