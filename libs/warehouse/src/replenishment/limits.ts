/** Orders of one rule that have not ended. */
export const MAX_OPEN_ORDERS = 64;
/** Ended orders that a rule remembers: a repeat of an action on one of them changes nothing. */
export const ENDED_ORDERS_KEPT = 32;
/** Most days of a lead time or a review period. */
export const MAX_DAYS = 366;
