const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A product that names no threshold, and that no rule covers, counts as low below so many units. */
export const DEFAULT_LOW_STOCK_THRESHOLD = 10;

/** Within this time the same kind is told once of a subject, unless the subject recovered in between. */
export const ALERT_PAUSE_MS = 15 * MINUTE_MS;

/** Rules of one tenant. */
export const MAX_ALERT_RULES = 10_000;

/** A submitted request that nobody decides on for longer is told. */
export const REQUEST_WAITING_MS = 48 * HOUR_MS;
/** Goods that are not put away for longer are told. */
export const PUT_AWAY_OVERDUE_MS = 24 * HOUR_MS;
/** Units of lots and units on hand that differ for longer are told. */
export const LOT_DISCREPANCY_MS = 24 * HOUR_MS;
/** An order of replenishment that cannot be placed or ended for longer is told. */
export const REPLENISHMENT_FAILED_MS = 15 * MINUTE_MS;
/** A lot that expires within so many days is told once for each. */
export const EXPIRY_STAGES_DAYS = [30, 7] as const;
