import type { BackOff } from '@holdfast/kit';

/** Times of the delivery, in milliseconds. Tests shorten them; nothing else changes them. */
export interface DeliveryTimings {
  /** How often a process polls for work without a notification: due retries, and channels whose writer died. */
  readonly pollMs: number;
  /** A channel without a sign of life from its writer for this long gets another. Longer than a call may take. */
  readonly leaseMs: number;
  /** From the first byte sent to the last byte of the answer. */
  readonly callTimeoutMs: number;
  /** Pause between two calls to a channel. The first after a quiet time goes at once. */
  readonly gatherMs: number;
  readonly backOff: BackOff;
  /** Consecutive failures after which the breaker opens. */
  readonly breakerOpensAfter: number;
  /** Least time that the breaker stays open. */
  readonly breakerOpenMs: number;
  /** Pause of a channel that refuses its credentials. Putting the channel, or testing it, ends the pause. */
  readonly unauthorizedMs: number;
  /** How often a process looks for discoveries and reconciles that nobody drives. */
  readonly watchMs: number;
  /**
   * A lower figure at a channel counts as an edit after so long, or once orders were polled after it: until then it may be a sale whose order is still to
   * come. Channels may have a time of their own.
   */
  readonly foreignEditSettlesMs: number;
  /** How often each channel is compared with what it should show. */
  readonly reconcileEveryMs: number;
  /** How long a push that was asked for waits, so that the figure which the same request made goes first. */
  readonly forcedPushDelayMs: number;
  /** How often a channel is asked for orders and edits, where its vendor can be asked. */
  readonly channelPollMs: number;
}

export const DEFAULT_TIMINGS: DeliveryTimings = {
  pollMs: 250,
  leaseMs: 30_000,
  callTimeoutMs: 10_000,
  gatherMs: 50,
  backOff: { firstMs: 250, mostMs: 60_000 },
  breakerOpensAfter: 5,
  breakerOpenMs: 5_000,
  unauthorizedMs: 300_000,
  watchMs: 5_000,
  reconcileEveryMs: 3_600_000,
  foreignEditSettlesMs: 1_800_000,
  forcedPushDelayMs: 300,
  channelPollMs: 60_000,
};
