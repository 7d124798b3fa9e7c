/** `min_max` and `reorder_point` watch the position all the time; `periodic` orders at its review dates only. */
export type ReplenishmentMethod = 'min_max' | 'reorder_point' | 'periodic';

/** Who turns a need into an order: people when they ask, people after a run proposed it, or the run itself. */
export type ReplenishmentMode = 'suggest' | 'approve' | 'auto';

/** Where the units come from: another location (`locationId`), or a supplier. */
export interface ReplenishmentSource {
  readonly kind: 'transfer' | 'purchase';
  readonly locationId?: string;
  readonly supplierId?: string;
}

/** How a SKU is replenished at a location. Quantities are units; what is absent is computed from daily use, or does not bind. */
export interface ReplenishmentRule {
  readonly method: ReplenishmentMethod;
  readonly min?: number;
  readonly max?: number;
  readonly reorderPoint?: number;
  readonly orderUpTo?: number;
  readonly safetyStock?: number;
  readonly leadTimeDays: number;
  /** Standard deviation of the lead time. */
  readonly leadTimeStdDays: number;
  /** Of a periodic rule. */
  readonly reviewPeriodDays?: number;
  /** One of `SERVICE_LEVELS`. */
  readonly serviceLevel: number;
  readonly packSize: number;
  readonly minOrderQuantity: number;
  readonly maxOrderQuantity?: number;
  readonly source: ReplenishmentSource;
  readonly mode: ReplenishmentMode;
}

/** Share of replenishment cycles without a stockout, with its factor of the normal distribution. */
export const SERVICE_FACTORS: ReadonlyMap<number, number> = new Map([
  [0.9, 1.28],
  [0.95, 1.65],
  [0.98, 2.05],
  [0.99, 2.33],
]);

export const SERVICE_LEVELS: readonly number[] = [...SERVICE_FACTORS.keys()];

/** A field of a rule that cannot be, and what to do about it. */
export interface RuleFault {
  readonly field: keyof ReplenishmentRule | 'source.locationId';
  readonly message: string;
}

/** The first thing that is wrong with a rule at a location; undefined where nothing is. */
export function ruleFault(rule: ReplenishmentRule, locationId: string): RuleFault | undefined {
  const { method, min, max, reviewPeriodDays, serviceLevel, packSize, minOrderQuantity, maxOrderQuantity, source } = rule;
  if (method === 'min_max' && min === undefined) return fault('min', 'is needed by min_max');
  if (method === 'min_max' && max === undefined) return fault('max', 'is needed by min_max');
  if (min !== undefined && max !== undefined && min > max) return fault('min', `must be at most max, which is ${max}`);
  if (method === 'periodic' && reviewPeriodDays === undefined) return fault('reviewPeriodDays', 'is needed by periodic');
  if (!SERVICE_FACTORS.has(serviceLevel)) return fault('serviceLevel', `must be one of ${SERVICE_LEVELS.join(', ')}`);
  if (packSize < 1) return fault('packSize', 'must be at least 1');
  if (maxOrderQuantity !== undefined && maxOrderQuantity < packSize) {
    return fault('maxOrderQuantity', `must be at least one pack, which is ${packSize}`);
  }
  if (maxOrderQuantity !== undefined && maxOrderQuantity < minOrderQuantity) {
    return fault('maxOrderQuantity', `must be at least minOrderQuantity, which is ${minOrderQuantity}`);
  }
  return sourceFault(source, locationId);
}

/** What is wrong with the source of units for a location; undefined where nothing is. */
export function sourceFault({ kind, locationId, supplierId }: ReplenishmentSource, toLocationId: string): RuleFault | undefined {
  if (kind === 'purchase' && locationId !== undefined) return fault('source', 'of a purchase takes supplierId, no locationId');
  if (kind === 'transfer' && supplierId !== undefined) return fault('source', 'of a transfer takes locationId, no supplierId');
  if (kind === 'transfer' && locationId === undefined) return fault('source.locationId', 'is needed by a transfer');
  if (locationId === toLocationId) return fault('source.locationId', 'must be another location than the one to replenish');
  return undefined;
}

const fault = (field: RuleFault['field'], message: string): RuleFault => ({ field, message });
