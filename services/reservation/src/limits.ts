/** Everything that bounds the service. Times are milliseconds. */

/** A hold younger than this may belong to an order that is not concluded and may release it: another order waits for it. */
export const UNSETTLED_HOLD_MS = 1_000;

/** How often at least an order waits for one SKU that another order holds for the moment, the mean of the first wait, and of the longest. */
export const CONTENTION_WAITS = 8;
export const CONTENTION_FIRST_WAIT_MS = 4;
export const CONTENTION_MOST_WAIT_MS = 200;

/** Open holds of a SKU that are looked at to tell a contended SKU from an empty one; with more it counts as empty. */
export const MAX_HOLDS_LOOKED_AT = 2_000;

/** Tries at one order that a request makes itself; so many are needed only where each is taken for dead. */
export const MAX_TRIES = 4;

/**
 * A process at work on an order that shows no sign of life for longer than this has stopped: half the time to live of the order, within these
 * bounds.
 */
export const LEAST_PATIENCE_MS = 250;
export const MOST_PATIENCE_MS = 3_000;

/** SKUs of one order that are asked at once: first, at least and at most. Answers slower than the target make them fewer. */
export const SKUS_AT_ONCE = { first: 64, least: 8, most: 512 } as const;

/** So long a request is answered for; then its caller is told to ask again, and the work goes on. Less than the gateway waits. */
export const ANSWER_WITHIN_MS = 45_000;

/** First and longest pause between two reads of an order that another process drives; each is longer than the last. */
export const FOLLOW_FIRST_PAUSE_MS = 3;
export const FOLLOW_MOST_PAUSE_MS = 100;

/** Newest events of a SKU that are searched for a reservation that neither its state nor the tables know. */
export const EVENTS_SEARCHED = 5_000;

/** Open items that the watch acts on at once. */
export const WATCH_CONCURRENCY = 64;
/** Pause before it acts on the same again: after a fault the first, then twice as long each time; the longest where the end was not seen. */
export const WATCH_RETRY = { firstMs: 100, mostMs: 2_000 } as const;
/** How long a hold may outlive the order it was placed for before it counts as left behind. */
export const LEFTOVER_PATIENCE_MS = 1_000;

/** Between two writes of what is open. */
export const CHECKPOINT_INTERVAL_MS = 3_000;

/** Commands of a partition in one batch, and keys of a batch that are served in parallel. */
export const COMMAND_BATCH = 200;
export const COMMAND_KEYS_AT_ONCE = 64;
/** First and longest pause before a command that met a transient fault is tried again; each is longer than the last. */
export const COMMAND_FIRST_PAUSE_MS = 20;
export const COMMAND_MOST_PAUSE_MS = 1_000;
/** Tries of a command that meets an unexpected error. */
export const COMMAND_TRIES = 3;
/** Days for which results are kept: longer than the topic keeps a command, so that a redelivered command always finds its result. */
export const COMMAND_RESULT_DAYS = 14;

/** Contenders that are noted at once, and each second in the long run; of more only the count is kept. */
export const FAIRNESS_BURST = 10_000;
export const FAIRNESS_PER_SECOND = 1_000;
export const FAIRNESS_WRITE_EVERY_MS = 250;
/** How long contended turns are kept, and how many at most. */
export const FAIRNESS_KEPT_DAYS = 7;
export const FAIRNESS_KEPT_TURNS = 100_000;

/** How old a reservation is when its kept answer is looked for, how often that is done, and for how many at once. */
export const ANSWERS_CHECKED_AFTER_MS = 2_000;
export const ANSWERS_CHECKED_EVERY_MS = 1_000;
export const ANSWERS_CHECKED_AT_ONCE = 2_000;

/** Settings of a channel are at most so old. */
export const CHANNEL_SETTINGS_AGE_MS = 1_000;

/** How long to wait after the last sign of life of a process at work on an order until it counts as stopped. */
export const patienceMs = (ttlMs: number): number => Math.min(MOST_PATIENCE_MS, Math.max(LEAST_PATIENCE_MS, ttlMs / 2));

/** How often a process at work on an order shows itself. */
export const signEveryMs = (ttlMs: number): number => Math.floor(patienceMs(ttlMs) / 3);

/** Answers of SKUs are to come within this time, so that signs of life, which wait behind them in the store, come within the patience. */
export const quickAnswerMs = (ttlMs: number): number => Math.floor(patienceMs(ttlMs) / 4);

/** What need not be known any more is forgotten this often. */
export const UPKEEP_MS = 3_600_000;

/** How far back the time of a sale may lie, as the time of an adjustment; and how far ahead, as clocks of callers differ. */
export const SOLD_BACK_MS = 31 * 86_400_000;
export const SOLD_AHEAD_MS = 300_000;
