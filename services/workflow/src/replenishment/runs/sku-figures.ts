import { availableUnits, type SkuState } from '@holdfast/inventory';
import {
  levelsOf,
  stockFigures,
  visibleOrders,
  type DailyUse,
  type EvaluationInput,
  type ReplenishmentRule,
  type SourceFigures,
} from '@holdfast/warehouse';
import type { KnownRule, RuleRef } from '../replenishment-streams.js';
import type { RequestUnitsOf } from './request-units.js';

/** What was read for many SKUs at once. */
export interface Prepared {
  readonly useOf: (place: { readonly sku: string; readonly locationId: string }) => DailyUse;
  readonly requestsOf: RequestUnitsOf;
  /** Units that a location is to ship by approved orders. */
  readonly promisedBy: (sku: string, locationId: string) => number;
  /** Every rule of a SKU by location, also of locations that are not evaluated. */
  readonly rulesOf: (sku: string) => ReadonlyMap<string, ReplenishmentRule>;
}

export interface KnownRuleOf extends KnownRule {
  readonly ref: RuleRef;
  readonly rule: ReplenishmentRule;
}

/** The location that gives, of a rule whose source is one. */
export const giverOf = ({ source }: ReplenishmentRule): string | undefined => (source.kind === 'transfer' ? source.locationId : undefined);

/** The figures of rules of one SKU. Everything is read from the state of its stock at once: it may change with the next await. */
export function figuresOf(
  rules: readonly KnownRuleOf[],
  stock: SkuState,
  prepared: Prepared,
  at: number,
): readonly (KnownRuleOf & { readonly input: EvaluationInput })[] {
  const sku = rules[0]?.ref.sku ?? '';
  const preferred = [...prepared.rulesOf(sku).keys(), ...rules.map(({ ref }) => ref.locationId)].sort();
  return rules.map((one) => {
    const { ref, rule, state } = one;
    const from = giverOf(rule);
    const input = {
      at,
      stock: stockFigures(stock, ref.locationId, preferred),
      requests: prepared.requestsOf(sku, ref.locationId),
      use: prepared.useOf(ref),
      visibleOrderIds: visibleOrders(state, stock),
      ...(from === undefined ? {} : { source: sourceFigures(stock, sku, from, prepared, at) }),
    };
    return { ...one, input };
  });
}

function sourceFigures(stock: SkuState, sku: string, locationId: string, prepared: Prepared, at: number): SourceFigures {
  const rule = prepared.rulesOf(sku).get(locationId);
  const level = rule === undefined ? undefined : levelsOf(rule, prepared.useOf({ sku, locationId })).reorderPoint;
  return {
    available: availableUnits(stock, locationId, at),
    reorderPoint: level ?? stock.balances.get(locationId)?.safetyStock ?? 0,
    promised: prepared.promisedBy(sku, locationId),
  };
}
