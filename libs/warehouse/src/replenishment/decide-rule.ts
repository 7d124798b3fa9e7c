import { accept, refuse, type Decision } from '@holdfast/inventory';
import type { SetReplenishmentRule } from './commands.js';
import type { ReplenishmentEvent } from './events.js';
import type { ReplenishmentRefusalCode } from './refusals.js';
import { startOfDay } from './review.js';
import { ruleFault, type ReplenishmentRule } from './rule.js';
import type { ReplenishmentState } from './state.js';

/** Decides to replace the rule. A periodic rule is reviewed at once the first time, and keeps its date when it is changed later. */
export function setRule(
  state: ReplenishmentState,
  { sku, locationId, rule, by, at }: SetReplenishmentRule,
): Decision<ReplenishmentEvent, ReplenishmentRefusalCode> {
  const fault = ruleFault(rule, locationId);
  if (fault !== undefined) return refuse('invalid_rule', { ...fault });
  if (state.rule !== undefined && isSame(state.rule, rule)) return accept();
  const nextReviewAt = rule.method === 'periodic' ? { nextReviewAt: state.nextReviewAt ?? startOfDay(at) } : {};
  return accept({ type: 'ReplenishmentRuleSet', sku, locationId, rule, by, ...nextReviewAt });
}

const isSame = (one: ReplenishmentRule, other: ReplenishmentRule): boolean => {
  const { source, ...fields } = one;
  const { source: otherSource, ...otherFields } = other;
  return sameFields(fields, otherFields) && sameFields(source, otherSource);
};

function sameFields(one: object, other: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(one));
  const others = Object.entries(other) as readonly [string, unknown][];
  return fields.size === others.length && others.every(([name, value]) => fields.get(name) === value);
}
