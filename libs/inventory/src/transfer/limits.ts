/** SKUs of one transfer. */
export const MAX_LINES_PER_TRANSFER = 1_000;
/** Receipts of one transfer: the SKUs remember the id of each while the transfer is under way. The last one receives all that is left. */
export const MAX_RECEIPTS_PER_TRANSFER = 256;
