/** Receivers of one tenant. */
export const MAX_WEBHOOKS_OF_TENANT = 20;
export const MAX_URL_LENGTH = 2_000;
/** A receiver answers within this time, or is asked again later. */
export const CALL_TIMEOUT_MS = 10_000;
/** Bytes of a receiver's answer that are read. */
export const MAX_ANSWER_BYTES = 16_384;
/** Longer than a turn and its last call together. */
export const LEASE_MS = 30_000;
/** No call is begun after this time of a turn. */
export const TURN_MS = 15_000;
/** Alerts of one turn, and receivers that one process calls at the same time. */
export const ALERTS_PER_TURN = 100;
export const WEBHOOKS_AT_ONCE = 8;
/** An alert that a receiver says it does not take is left out after so many attempts; others do not wait for it longer. */
export const MOST_REJECTIONS = 5;
export const BACK_OFF = { firstMs: 5_000, mostMs: 3_600_000 } as const;
