import type { ClaimOutcome, MoveOutcome, PlannedLine, PutAwayStarted } from './events.js';

export type PutAwayCommand =
  StartPutAway | ReportPlan | ReportClaims | AssignPutAway | StartMove | ReportMove | StartCancelPutAway | CompleteCancelPutAway;

interface Command {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly commandId: string;
}

export interface StartPutAway extends Command, Omit<PutAwayStarted, 'type'> {
  readonly type: 'StartPutAway';
}

/** The process found bins, or none. */
export interface ReportPlan extends Command {
  readonly type: 'ReportPlan';
  readonly lines: readonly PlannedLine[];
}

export interface ReportClaims extends Command {
  readonly type: 'ReportClaims';
  readonly outcomes: readonly ClaimOutcome[];
}

export interface AssignPutAway extends Command {
  readonly type: 'AssignPutAway';
  readonly assignedTo: string | null;
}

export interface StartMove extends Command {
  readonly type: 'StartMove';
  readonly moveId: string;
  /** By bin; all that is open where missing. */
  readonly lines?: readonly { readonly binId: string; readonly quantity: number }[];
  readonly by: string;
}

export interface ReportMove extends Command {
  readonly type: 'ReportMove';
  readonly moveId: string;
  readonly outcomes: readonly MoveOutcome[];
}

export interface StartCancelPutAway extends Command {
  readonly type: 'StartCancelPutAway';
  readonly by: string;
}

export interface CompleteCancelPutAway extends Command {
  readonly type: 'CompleteCancelPutAway';
}
