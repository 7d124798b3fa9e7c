/** Claims of space that may be open in one bin. */
export const MAX_CLAIMS_PER_BIN = 1_000;
/** Ids of ended claims that a bin remembers, so that a late repeat of a claim takes no space. */
export const ENDED_CLAIMS_KEPT = 256;
