export { daysToExpiry, expiryStage, type ExpiryStage } from './expiry.js';
export {
  ALERT_PAUSE_MS,
  DEFAULT_LOW_STOCK_THRESHOLD,
  EXPIRY_STAGES_DAYS,
  LOT_DISCREPANCY_MS,
  MAX_ALERT_RULES,
  PUT_AWAY_OVERDUE_MS,
  REPLENISHMENT_FAILED_MS,
  REQUEST_WAITING_MS,
} from './limits.js';
export {
  decidePromiseAlert,
  initialPromiseTelling,
  promiseRisk,
  type PromiseAlertKind,
  type PromiseFigures,
  type PromiseRisk,
  type PromiseTelling,
} from './promise-risk.js';
export { decideStockAlert, initialStockTelling, type StockTelling } from './stock-alert.js';
export { alertLevel, recoveryMargin, stockAlertKind, stockLevel, type StockAlertKind, type StockLevel } from './stock-level.js';
export { tell, wellTelling, type Outcome, type Telling } from './telling.js';
export { effectiveThreshold, type EffectiveThreshold, type ThresholdRule } from './threshold.js';
export { troubleChanges, type TroubleChanges, type TroubleKey } from './troubles.js';
