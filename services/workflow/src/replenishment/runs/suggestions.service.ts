import { Problem } from '@holdfast/platform';
import type { ReplenishmentListPosition } from '../replenishment-list-position.js';
import type { ReplenishmentRuns } from './replenishment-runs.js';
import { orderView, unstoredView } from '../replenishment-view.js';
import type { RuleTable } from '../rules/rule-table.js';
import type { RuleResult } from './sku-evaluation.js';
import type { SkippedView, SuggestionsRequest, SuggestionsView } from './suggestions.dto.js';
import type { ReplenishmentView } from '../replenishment.dto.js';

/** Rules of one call. */
const MOST_RULES = 10_000;

/** What the rules ask for now. */
export class SuggestionsService {
  constructor(
    private readonly runs: ReplenishmentRuns,
    private readonly table: RuleTable,
    private readonly listed: ReplenishmentListPosition,
  ) {}

  /** @param by who stores what is due; only computes where undefined @throws Problem 400 `too_many_rules` */
  async of(tenant: string, { locationId, skus }: SuggestionsRequest, by: string | undefined): Promise<SuggestionsView> {
    const reached = await this.listed.caughtUp();
    const rules = await this.table.rules(tenant, { locationId, skus }, MOST_RULES + 1);
    if (rules.length > MOST_RULES) {
      throw new Problem(400, 'too_many_rules', `More than ${MOST_RULES} rules would be evaluated; name a location or SKUs`, {
        details: [{ field: 'locationId', most: MOST_RULES }],
      });
    }
    const results = await this.runs.evaluate(tenant, rules, by);
    const asOf = results.reduce((newest, { position }) => (position > newest ? position : newest), reached);
    return {
      suggestions: results.flatMap(suggestionOf),
      skipped: results.flatMap(skippedOf),
      asOfPosition: asOf.toString(),
    };
  }
}

function suggestionOf({ ref, rule, evaluated, order, refused, reviewAt }: RuleResult): readonly ReplenishmentView[] {
  const { evaluation } = evaluated;
  if (evaluation.kind === 'skipped' || refused !== undefined) return [];
  if (order !== undefined) return [orderView(ref, order)];
  const { quantity, because } = evaluation;
  return [unstoredView(ref, { quantity, because, source: rule.source, dueAt: reviewAt })];
}

function skippedOf({ ref, evaluated, refused }: RuleResult): readonly SkippedView[] {
  const { evaluation } = evaluated;
  const { sku, locationId } = ref;
  if (refused !== undefined) return [{ sku, locationId, code: refused }];
  return evaluation.kind === 'skipped' ? [{ sku, locationId, code: evaluation.code }] : [];
}
