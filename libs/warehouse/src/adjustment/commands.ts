import type { AdjustmentStarted, AdjustedLine } from './events.js';
import type { ReasonCode } from '../reason-codes/reason-codes.js';

export type AdjustmentCommand = StartAdjustment | CompleteAdjustment;

interface Command {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly commandId: string;
}

/** A person or a program asks for it. */
export interface StartAdjustment extends Command, Omit<AdjustmentStarted, 'type' | 'countsAsUse'> {
  readonly type: 'StartAdjustment';
  /** The reason, where it is one of the tenant's own. */
  readonly ownReason?: ReasonCode;
}

/** Reports what the streams of the SKUs answered, one outcome a line. */
export interface CompleteAdjustment extends Command {
  readonly type: 'CompleteAdjustment';
  readonly outcomes: readonly AdjustedLine[];
}
