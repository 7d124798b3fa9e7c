/** SKUs of one order. */
export const MAX_LINES_PER_ORDER = 2_000;
