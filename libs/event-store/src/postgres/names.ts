/**
 * Serialises commits: whoever appends holds it from before it reads the newest position until its commit is visible.
 * That makes positions gapless and lets readers go by `position > last` without missing any.
 */
export const APPEND_LOCK = 1_752_132_708;
export const MIGRATION_LOCK = 1_752_132_709;
export const CHANNEL = 'event_store_appended';
