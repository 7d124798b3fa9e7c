const DAY_MS = 86_400_000;

/** Days since 1970 in the zone of the location: UTC, until locations have zones. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** When the day of a time began. */
export const startOfDay = (at: number): number => dayOf(at) * DAY_MS;

/** The review date after one that took place at `at`. */
export const reviewAfter = (at: number, reviewPeriodDays: number): number => startOfDay(at) + reviewPeriodDays * DAY_MS;

/** When the nightly run after `at` takes place. */
export const nextNight = (at: number): number => startOfDay(at) + DAY_MS;
