/** What one operation may ask for. */
export const MAX_TOKENS = 2_000;
export const MAX_DEPTH = 10;
/** Aliases over the whole document. */
export const MAX_ALIASES = 30;
/** Objects that an answer may hold at most; a list counts as long as its argument allows. */
export const MAX_COST = 2_000;
/** Mutations of one operation. */
export const MAX_MUTATIONS = 10;
