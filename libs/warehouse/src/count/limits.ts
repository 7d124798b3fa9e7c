/** Lines of one batch, added ones included. */
export const MAX_LINES_PER_COUNT = 1_000;
/** Recounts that a difference out of tolerance is given before a person decides. */
export const MAX_RECOUNTS = 2;
