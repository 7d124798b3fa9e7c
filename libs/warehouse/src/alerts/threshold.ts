import { DEFAULT_LOW_STOCK_THRESHOLD } from './limits.js';

export interface ThresholdRule {
  readonly ruleId: string;
  readonly threshold: number;
  /** Whether the rule names the SKU, and not its category or all. */
  readonly forSku: boolean;
}

export interface EffectiveThreshold {
  readonly threshold: number;
  /** Undefined: the product's own threshold, or the usual one. */
  readonly ruleId?: string;
}

/**
 * The threshold of a SKU over all locations, or at one. A rule for the SKU goes before the product's own threshold, which goes before rules for
 * its category and for all. At one location only a rule makes alerts.
 * @param rule the most specific one that covers the subject
 */
export function effectiveThreshold(
  rule: ThresholdRule | undefined,
  productThreshold: number | undefined,
  isLocation: boolean,
): EffectiveThreshold | undefined {
  if (rule !== undefined && (rule.forSku || isLocation || productThreshold === undefined))
    return { threshold: rule.threshold, ruleId: rule.ruleId };
  return isLocation ? undefined : { threshold: productThreshold ?? DEFAULT_LOW_STOCK_THRESHOLD };
}
