import type { AdjustmentStarted, AdjustedLine } from './events.js';

export type AdjustmentCommand = StartAdjustment | CompleteAdjustment;

interface Command {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly commandId: string;
}

/** A person or a program asks for it. */
export interface StartAdjustment extends Command, Omit<AdjustmentStarted, 'type'> {
  readonly type: 'StartAdjustment';
}

/** Reports what the streams of the SKUs answered, one outcome a line. */
export interface CompleteAdjustment extends Command {
  readonly type: 'CompleteAdjustment';
  readonly outcomes: readonly AdjustedLine[];
}
