/**
 * Key of the lock that serialises commits: an append holds it from before it reads the newest position until its commit is visible. This
 * makes positions gapless, so that readers can use `position > last` without missing events.
 */
export const APPEND_LOCK = 1_752_132_708;
export const MIGRATION_LOCK = 1_752_132_709;
export const CHANNEL = 'event_store_appended';
