/** SKUs of one transfer. */
export const MAX_LINES_PER_TRANSFER = 1_000;
