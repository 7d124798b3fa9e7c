import { accept, refuse, type Decision } from '@holdfast/inventory';
import type { EvaluateReplenishment } from './commands.js';
import { evaluateRule, type Evaluation } from './evaluation.js';
import type { NewOrder, ReplenishmentEvaluated, ReplenishmentEvent } from './events.js';
import { MAX_OPEN_ORDERS } from './limits.js';
import { openUnits, unended } from './open-orders.js';
import type { ReplenishmentRefusalCode } from './refusals.js';
import { reviewAfter } from './review.js';
import type { ReplenishmentRule, ReplenishmentSource } from './rule.js';
import type { ReplenishmentOrder, ReplenishmentState } from './state.js';

/** What an evaluation looks at; `at` says whether a periodic rule is due. */
export type EvaluationInput = Pick<EvaluateReplenishment, 'at' | 'stock' | 'requests' | 'use' | 'source' | 'visibleOrderIds'>;

export interface Evaluated {
  readonly evaluation: Evaluation;
  /** False for a periodic rule before its review date: then nothing new is ordered. */
  readonly isDue: boolean;
  /** The suggestion of the last run that nobody has decided on. */
  readonly suggestion: ReplenishmentOrder | undefined;
}

/** Evaluates the rule by the figures and the orders that it knows; undefined where there is no rule. */
export function evaluate(state: ReplenishmentState, input: EvaluationInput): Evaluated | undefined {
  const { rule, nextReviewAt } = state;
  if (rule === undefined) return undefined;
  const { stock, requests, use, source, visibleOrderIds, at } = input;
  const situation = { stock, requests, use, ordered: openUnits(state, visibleOrderIds), ...(source === undefined ? {} : { source }) };
  return {
    evaluation: evaluateRule(rule, situation),
    isDue: rule.method !== 'periodic' || nextReviewAt === undefined || nextReviewAt <= at,
    suggestion: state.orders.find(({ status }) => status === 'suggested'),
  };
}

/** Decides what a run changes: one event, or none. Suggestions are recomputed, never added to; what is approved counts in the position. */
export function evaluateStored(
  state: ReplenishmentState,
  command: EvaluateReplenishment,
): Decision<ReplenishmentEvent, ReplenishmentRefusalCode> {
  if (state.orders.some(({ orderId }) => orderId === command.orderId)) return accept();
  if (state.version !== command.version) return refuse('rule_changed', { version: state.version });
  const found = evaluate(state, command);
  if (state.rule === undefined || found === undefined) return refuse('unknown_rule');
  const { evaluation, isDue, suggestion } = found;
  if (!isDue && suggestion === undefined) return accept();
  const event = changesOf(state.rule, evaluation, suggestion, command, isDue ? state.nextReviewAt : suggestion?.dueAt);
  if (event?.order !== undefined && unended(state).length > MAX_OPEN_ORDERS) return refuse('too_many_orders', { most: MAX_OPEN_ORDERS });
  const isReview = isDue && state.rule.method === 'periodic' && !isBlind(evaluation);
  const review = isReview ? { nextReviewAt: reviewAfter(command.at, state.rule.reviewPeriodDays ?? 1) } : {};
  return event === undefined && !isReview ? accept() : accept({ type: 'ReplenishmentEvaluated', ...event, ...review });
}

/** Nothing could be computed, so the rule was not reviewed. */
const isBlind = (evaluation: Evaluation): boolean => evaluation.kind === 'skipped' && evaluation.code === 'insufficient_history';

function changesOf(
  rule: ReplenishmentRule,
  evaluation: Evaluation,
  suggestion: ReplenishmentOrder | undefined,
  { orderId, by }: EvaluateReplenishment,
  dueAt: number | undefined,
): Omit<ReplenishmentEvaluated, 'type'> | undefined {
  const superseded = suggestion === undefined ? {} : { supersededId: suggestion.orderId };
  if (evaluation.kind === 'skipped') return suggestion === undefined ? undefined : superseded;
  const { quantity, because } = evaluation;
  const { source, mode, leadTimeDays } = rule;
  const status = mode === 'auto' ? 'approved' : 'suggested';
  const isSame = suggestion?.quantity === quantity && suggestion.because.need === because.need && isSameSource(suggestion.source, source);
  if (isSame && status === 'suggested') return undefined;
  const order: NewOrder = { orderId, status, quantity, source, because, by, leadTimeDays, ...(dueAt === undefined ? {} : { dueAt }) };
  return { ...superseded, order };
}

const isSameSource = (one: ReplenishmentSource, other: ReplenishmentSource): boolean =>
  one.kind === other.kind && one.locationId === other.locationId && one.supplierId === other.supplierId;
