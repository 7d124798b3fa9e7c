/** Lines of one call that holds units of several SKUs. */
export const MAX_LINES_PER_HOLD = 1_000;
