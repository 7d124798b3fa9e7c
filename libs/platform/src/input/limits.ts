/** Everything has a limit; each is refused with its own code or field message. */
export const MAX_BULK_LINES = 10_000;
export const MAX_QUANTITY = 1_000_000_000;
export const MAX_ORDER_LINES = 2_000;
export const MAX_NAME_LENGTH = 200;
export const MAX_REASON_LENGTH = 500;
export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
export const MAX_PAGE = 1_000_000;
export const MAX_IDEMPOTENCY_KEY_LENGTH = 200;
export const DEFAULT_TTL_SECONDS = 900;
export const MAX_TTL_SECONDS = 86_400;
