import type { CommitLine, CommittedLine, HeldLine, OrderLine, ShortLine } from './events.js';

/** `Start…` is a request of a caller; the others report what the SKUs answered. Each carries its time (`at`) and id. */
export type OrderCommand =
  | StartOrder
  | ContinueOrder
  | HoldOrder
  | RefuseOrder
  | StartOrderCommit
  | CompleteOrderCommit
  | FailOrderCommit
  | StartOrderReduction
  | CompleteOrderReduction
  | StartOrderRelease
  | CompleteOrderRelease
  | StartOrderExpiry
  | CompleteOrderExpiry
  | ExtendOrder;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

export interface StartOrder extends Command {
  readonly type: 'StartOrder';
  readonly reservationId: string;
  readonly orderId: string;
  /** One line per SKU: the caller adds up lines of the same SKU before. */
  readonly lines: readonly OrderLine[];
  readonly ttlMs: number;
  readonly partial?: boolean;
  readonly channelId?: string;
  readonly locationId?: string;
  readonly holderId?: string;
  readonly requestHash: string;
}

/** The process that places the holds is still at work. */
export interface ContinueOrder extends Command {
  readonly type: 'ContinueOrder';
}

/** Every SKU placed its hold (with `partial` perhaps an empty one). */
export interface HoldOrder extends Command {
  readonly type: 'HoldOrder';
  readonly lines: readonly HeldLine[];
  /** When the first of the holds ends, if that is before the end of the order. */
  readonly expiresAt?: number;
}

/** A SKU refused, or the process that placed the holds stopped. */
export interface RefuseOrder extends Command {
  readonly type: 'RefuseOrder';
  /** The newest sign of life that the caller knows: where there is a newer one, nothing is refused. */
  readonly unlessAliveSince?: number;
  readonly lines: readonly ShortLine[];
}

export interface StartOrderCommit extends Command {
  readonly type: 'StartOrderCommit';
  /** Default: all that is held. */
  readonly lines?: readonly CommitLine[];
  /** Where no lines are named: whether units of any SKU may leave although fewer may by what is recorded. */
  readonly allowUncovered?: boolean;
  /** When the units were sold, where that was before `at`. */
  readonly soldAt?: number;
}

export interface CompleteOrderCommit extends Command {
  readonly type: 'CompleteOrderCommit';
  readonly commitId: string;
  readonly lines: readonly CommittedLine[];
}

/** Some SKUs refused. What this commit took of the others was reversed, and every remaining hold was released. */
export interface FailOrderCommit extends Command {
  readonly type: 'FailOrderCommit';
  readonly commitId: string;
  /** The SKUs that refused. */
  readonly skus: readonly string[];
}

/** Asks for the release of some units of the lines; the rest stays held. */
export interface StartOrderReduction extends Command {
  readonly type: 'StartOrderReduction';
  readonly lines: readonly OrderLine[];
}

/** Every SKU released its part. */
export interface CompleteOrderReduction extends Command {
  readonly type: 'CompleteOrderReduction';
  readonly reductionId: string;
}

export interface StartOrderRelease extends Command {
  readonly type: 'StartOrderRelease';
}

export interface CompleteOrderRelease extends Command {
  readonly type: 'CompleteOrderRelease';
}

/** Before the order is overdue it changes nothing. */
export interface StartOrderExpiry extends Command {
  readonly type: 'StartOrderExpiry';
}

export interface CompleteOrderExpiry extends Command {
  readonly type: 'CompleteOrderExpiry';
}

/** Every SKU's hold was extended to `expiresAt`. */
export interface ExtendOrder extends Command {
  readonly type: 'ExtendOrder';
  readonly expiresAt: number;
}
