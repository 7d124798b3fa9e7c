/** Items of one call that creates tasks. */
export const MAX_ITEMS_PER_PUT_AWAY = 200;
/** Times that bins are looked for again because others took the space meanwhile. */
export const MAX_ROUNDS = 5;
/** Calls by which one task may be completed; the last must complete all that is left. */
export const MAX_MOVES = 100;
