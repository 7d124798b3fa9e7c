/** SKUs of one request. */
export const MAX_LINES_PER_REQUEST = 200;
/** Comments of one request, and shipments of it: the state keeps both. */
export const MAX_COMMENTS_PER_REQUEST = 1_000;
export const MAX_SHIPMENTS_PER_REQUEST = 1_000;
/** How long units stay held after the day on which they are needed. */
export const HELD_AFTER_NEED_MS = 14 * 86_400_000;
/** The longest that a SKU holds units for anybody. */
export const HELD_AT_MOST_MS = 366 * 86_400_000;
