/** Lines of one adjustment. */
export const MAX_LINES_PER_ADJUSTMENT = 1_000;
/** How far back an adjustment may take effect. */
export const MAX_BACK_MS = 31 * 86_400_000;
/** Clocks of callers differ. */
export const MAX_AHEAD_MS = 300_000;
/** Most units of one line. */
export const MAX_LINE_UNITS = 1_000_000_000;
