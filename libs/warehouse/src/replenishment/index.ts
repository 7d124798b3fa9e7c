export type * from './events.js';
export type * from './commands.js';
export {
  ruleFault,
  SERVICE_LEVELS,
  sourceFault,
  type ReplenishmentMethod,
  type ReplenishmentMode,
  type ReplenishmentRule,
  type ReplenishmentSource,
  type RuleFault,
} from './rule.js';
export { dailyUse, NO_USE, USE_WINDOW_DAYS, type DailyUse, type DayOfUse } from './daily-use.js';
export { hasHistory, levelsOf, type Levels } from './levels.js';
export { hasShipped, NO_REQUESTS, stockFigures, type RequestUnits, type StockFigures } from './stock-figures.js';
export type { SourceFigures } from './need.js';
export type { Because, Evaluation, SkipCode } from './evaluation.js';
export {
  evolveReplenishment,
  initialReplenishment,
  isReplenishmentTerminal,
  orderIn,
  type ReplenishmentOrder,
  type ReplenishmentState,
  type ReplenishmentStatus,
} from './state.js';
export { replenishmentId, transferCommandOf, transferIdOf, visibleOrders } from './open-orders.js';
export { dayOf, nextNight, startOfDay } from './review.js';
export { evaluate, type Evaluated, type EvaluationInput } from './decide-evaluation.js';
export { decideReplenishment } from './decide.js';
export type { ReplenishmentRefusalCode } from './refusals.js';
export { MAX_DAYS } from './limits.js';
export { useChanges, type UseChange } from './use-changes.js';
