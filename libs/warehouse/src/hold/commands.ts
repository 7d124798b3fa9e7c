import type { HoldCallLine, HoldCallStarted } from './events.js';

export type HoldCallCommand = StartHoldCall | CompleteHoldCall;

interface Command {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly commandId: string;
}

/** A person or a program asks for it. */
export interface StartHoldCall extends Command, Omit<HoldCallStarted, 'type'> {
  readonly type: 'StartHoldCall';
}

/** Reports what the streams of the SKUs answered, one outcome a line. */
export interface CompleteHoldCall extends Command {
  readonly type: 'CompleteHoldCall';
  readonly outcomes: readonly HoldCallLine[];
}
