import type { DailyUse } from './daily-use.js';
import type { ReplenishmentRule, ReplenishmentSource } from './rule.js';
import type { SourceFigures } from './need.js';
import type { RequestUnits, StockFigures } from './stock-figures.js';

/** Each carries its time (`at`) and id. `PlaceReplenishment`, `Start…`, `Receive…` and `Complete…` report what was done elsewhere. */
export type ReplenishmentCommand =
  | SetReplenishmentRule
  | EvaluateReplenishment
  | RequestReplenishment
  | ApproveReplenishment
  | RejectReplenishment
  | CancelReplenishment
  | ReportReplenishment;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

export interface SetReplenishmentRule extends Command {
  readonly type: 'SetReplenishmentRule';
  readonly sku: string;
  readonly locationId: string;
  readonly rule: ReplenishmentRule;
  readonly by: string;
}

/** Asks whether the rule needs an order, by figures that were read after the rule was read at `version`. */
export interface EvaluateReplenishment extends Command {
  readonly type: 'EvaluateReplenishment';
  readonly orderId: string;
  /** Version of the rule before the figures were read: where it is another by now, the figures may lack an order, or hold one twice. */
  readonly version: number;
  readonly by: string;
  readonly stock: StockFigures;
  readonly requests: RequestUnits;
  readonly use: DailyUse;
  readonly source?: SourceFigures;
  /** Orders whose units are in the figures already: announced or shipped. */
  readonly visibleOrderIds: readonly string[];
}

export interface RequestReplenishment extends Command {
  readonly type: 'RequestReplenishment';
  readonly sku: string;
  readonly locationId: string;
  readonly orderId: string;
  readonly quantity: number;
  /** Default: the source of the rule. */
  readonly source?: ReplenishmentSource;
  readonly by: string;
  readonly requestHash: string;
  readonly stock: StockFigures;
  readonly requests: RequestUnits;
  readonly use: DailyUse;
  readonly visibleOrderIds: readonly string[];
}

interface OrderCommand extends Command {
  readonly orderId: string;
  readonly by: string;
  readonly reason?: string;
  /** Version of the order that the caller saw; any where absent. */
  readonly expectedVersion?: number;
}

export interface ApproveReplenishment extends OrderCommand {
  readonly type: 'ApproveReplenishment';
  /** Default: as suggested. */
  readonly quantity?: number;
}

export interface RejectReplenishment extends OrderCommand {
  readonly type: 'RejectReplenishment';
}

export interface CancelReplenishment extends OrderCommand {
  readonly type: 'CancelReplenishment';
}

/** What became of an order: placed, on its way, received, cancelled. */
export interface ReportReplenishment extends Command {
  readonly type: 'ReportReplenishment';
  readonly orderId: string;
  readonly became: 'ordered' | 'in_progress' | 'received' | 'cancelled';
  readonly transferId?: string;
}
