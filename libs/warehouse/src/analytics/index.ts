export { carriedTo, closed, closingValue, costed, firstRow, valueDaysTo, type ClosingChange, type ClosingRow } from './closing.js';
export { MAX_PERIOD_DAYS, SLOW_MOVING_DAYS } from './limits.js';
export { analyticsPeriod, boundsOf, type AnalyticsPeriod, type PeriodFault } from './period.js';
export { moneyOf, turnoverOf, type Turnover } from './turnover.js';
