/** Bounds of the connector. Each refusal that follows from one names it. */

/** Listings in one webhook call. */
export const MAX_LISTINGS_PER_CALL = 200;
/** Listings in the first call after the circuit breaker was open. */
export const PROBE_LISTINGS = 10;
/** Channels of one process that are written to at the same time. */
export const MAX_CHANNELS_AT_ONCE = 32;
/** Listings of one channel that a discovery reads. */
export const MAX_FOUND_LISTINGS = 250_000;
/** Differences that one answer shows. */
export const MAX_DIFFERENCES = 10_000;
/** Listings without a SKU that one answer names. */
export const MAX_UNKNOWN_LISTINGS = 1_000;
/** Places of one channel. */
export const MAX_MAPPED_LOCATIONS = 1_000;
export const DEFAULT_CALLS_PER_SECOND = 20;
export const MAX_CALLS_PER_SECOND = 100;
/** How old figures may be before they are stale, in seconds. */
export const MIN_STALE_AFTER_S = 60;
export const MAX_STALE_AFTER_S = 2_592_000;
/** How often a channel may be compared, in seconds. */
export const MIN_RECONCILE_EVERY_S = 300;
export const MAX_RECONCILE_EVERY_S = 604_800;
/** How long an order may come after its sale, in seconds. */
export const MAX_ORDER_WITHIN_S = 86_400;
/**
 * How far back the time of a sale may lie that commands are given. The reservation service takes 31 days; a command may wait on its topic for
 * the last of them.
 */
export const SOLD_BACK_MS = 30 * 86_400_000;
/** Bytes of a receiver's answer that are read; the rest is thrown away. */
export const MAX_ANSWER_BYTES = 16_384;
export const HISTORY_RETENTION_DAYS = 30;
/** Rows of history kept of each tenant, besides one a SKU without a mapping: what one tenant does leaves the others' history alone. */
export const HISTORY_MAX_ROWS_PER_TENANT = 250_000;
/** Channels of one id, of different tenants, that are asked whether a message is theirs. */
export const MAX_CHANNELS_PER_HOOK = 20;
/** Characters of an order's or a line's id that a caller names. */
export const MAX_VENDOR_ID_LENGTH = 500;
/** Pages that one poll reads before it lets others have their turn. */
export const MAX_PAGES_PER_POLL = 50;
