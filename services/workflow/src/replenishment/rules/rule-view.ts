import { hasHistory, levelsOf, type DailyUse, type ReplenishmentRule, type ReplenishmentState } from '@holdfast/warehouse';
import { roundedUse, sourceOf, sourceView, timeOf } from '../replenishment-view.js';
import type { ComputedView, RuleRequest, RuleView } from './rules.dto.js';

/** Fields of a rule in units that a request may leave out. */
const OPTIONAL = ['min', 'max', 'reorderPoint', 'orderUpTo', 'safetyStock', 'reviewPeriodDays', 'maxOrderQuantity'] as const;
type Optional = (typeof OPTIONAL)[number];

const USUAL_SERVICE_LEVEL = 0.95;

/** The rule of a request; null and absent are the same. */
export function ruleOfRequest(request: RuleRequest): ReplenishmentRule {
  const given = OPTIONAL.filter((field) => typeof request[field] === 'number').map((field) => [field, request[field]] as const);
  return {
    method: request.method,
    leadTimeDays: request.leadTimeDays ?? 0,
    leadTimeStdDays: request.leadTimeStdDays ?? 0,
    serviceLevel: request.serviceLevel ?? USUAL_SERVICE_LEVEL,
    packSize: request.packSize ?? 1,
    minOrderQuantity: request.minOrderQuantity ?? 0,
    source: sourceOf(request.source),
    mode: request.mode ?? 'suggest',
    ...(Object.fromEntries(given) as { readonly [Field in Optional]?: number }),
  };
}

export function ruleView({ sku, locationId, nextReviewAt }: ReplenishmentState, rule: ReplenishmentRule, use: DailyUse): RuleView {
  return {
    sku,
    locationId,
    method: rule.method,
    min: rule.min ?? null,
    max: rule.max ?? null,
    reorderPoint: rule.reorderPoint ?? null,
    orderUpTo: rule.orderUpTo ?? null,
    safetyStock: rule.safetyStock ?? null,
    leadTimeDays: rule.leadTimeDays,
    leadTimeStdDays: rule.leadTimeStdDays,
    reviewPeriodDays: rule.reviewPeriodDays ?? null,
    serviceLevel: rule.serviceLevel,
    packSize: rule.packSize,
    minOrderQuantity: rule.minOrderQuantity,
    maxOrderQuantity: rule.maxOrderQuantity ?? null,
    source: sourceView(rule.source),
    mode: rule.mode,
    computed: computedView(rule, use),
    nextReviewAt: timeOf(nextReviewAt),
  };
}

function computedView(rule: ReplenishmentRule, use: DailyUse): ComputedView {
  const { safetyStock, reorderPoint, orderUpTo } = levelsOf(rule, use);
  return {
    dailyUse: hasHistory(use) ? roundedUse(use.mean) : null,
    safetyStock: safetyStock ?? null,
    reorderPoint: reorderPoint ?? null,
    orderUpTo: orderUpTo ?? null,
    daysOfData: use.days,
    daysWithoutStock: use.daysWithoutStock,
  };
}
