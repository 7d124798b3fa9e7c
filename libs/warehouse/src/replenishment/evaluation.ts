import type { DailyUse } from './daily-use.js';
import { hasHistory, levelsOf } from './levels.js';
import { givenBy, orderQuantity, type SourceFigures } from './need.js';
import type { ReplenishmentMethod, ReplenishmentRule } from './rule.js';
import type { RequestUnits, StockFigures } from './stock-figures.js';

/** The figures that an order rests on, in units. */
export interface Because {
  readonly method: ReplenishmentMethod | 'manual';
  readonly position: number;
  readonly reorderPoint?: number;
  readonly target?: number;
  readonly need: number;
  readonly packSize: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly held: number;
  readonly waiting: number;
  readonly inbound: number;
  /** Approved replenishment and requests to here, less approved requests from here that are not reserved. */
  readonly open: number;
  /** Mean, in units a day. */
  readonly dailyUse: number;
  readonly daysOfData: number;
  /** Units that the source could not spare. */
  readonly shortAtSource: number;
}

/** Everything that an evaluation looks at. */
export interface Situation {
  readonly stock: StockFigures;
  readonly requests: RequestUnits;
  /** Units of orders of this rule that are neither shipped nor announced. */
  readonly ordered: number;
  readonly use: DailyUse;
  /** Of a rule whose source is a location. */
  readonly source?: SourceFigures;
}

export type SkipCode = 'insufficient_history' | 'above_reorder_point' | 'nothing_needed' | 'short_at_source';

export type Evaluation =
  | { readonly kind: 'needed'; readonly quantity: number; readonly because: Because }
  | { readonly kind: 'skipped'; readonly code: SkipCode; readonly because: Because };

/** Units that are there or on their way, less those that are spoken for. */
export const positionOf = ({ stock, requests, ordered }: Pick<Situation, 'stock' | 'requests' | 'ordered'>): number =>
  stock.onHand - stock.held - stock.reserved - stock.waiting + stock.inbound + openOf({ requests, ordered });

const openOf = ({ requests, ordered }: Pick<Situation, 'requests' | 'ordered'>): number => ordered + requests.toHere - requests.fromHere;

/** Whether the rule asks for an order in this situation, and for how many units. Whether a periodic rule is due is not asked here. */
export function evaluateRule(rule: ReplenishmentRule, situation: Situation): Evaluation {
  const { use, stock, source } = situation;
  const { reorderPoint, orderUpTo: target } = levelsOf(rule, use);
  const position = positionOf(situation);
  const need = target === undefined ? 0 : target - position;
  const because: Because = {
    method: rule.method,
    position,
    ...(rule.method === 'periodic' || reorderPoint === undefined ? {} : { reorderPoint }),
    ...(target === undefined ? {} : { target }),
    need,
    packSize: rule.packSize,
    onHand: stock.onHand,
    reserved: stock.reserved,
    held: stock.held,
    waiting: stock.waiting,
    inbound: stock.inbound,
    open: openOf(situation),
    dailyUse: use.mean,
    daysOfData: use.days,
    shortAtSource: 0,
  };
  const skipped = (code: SkipCode): Evaluation => ({ kind: 'skipped', code, because });
  if (target === undefined || (rule.method !== 'periodic' && reorderPoint === undefined)) {
    return skipped(hasHistory(use) ? 'nothing_needed' : 'insufficient_history');
  }
  if (rule.method !== 'periodic' && reorderPoint !== undefined && position > reorderPoint) return skipped('above_reorder_point');
  if (need <= 0) return skipped('nothing_needed');
  const wanted = orderQuantity(rule, need);
  if (source === undefined) return { kind: 'needed', quantity: wanted, because };
  const { quantity, shortAtSource } = givenBy(source, wanted, rule.packSize);
  const told = { ...because, shortAtSource };
  return quantity === 0 ? { kind: 'skipped', code: 'short_at_source', because: told } : { kind: 'needed', quantity, because: told };
}
