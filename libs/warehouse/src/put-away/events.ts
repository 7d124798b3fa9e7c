import type { PlacementReason } from './strategy.js';

/** Events of the putting away of units of one SKU. Stream `putaway-{tenant}.{taskId}`; quantities are units. */
export type PutAwayEvent =
  | PutAwayStarted
  | PutAwayPlanned
  | PutAwayClaimed
  | PutAwayAssigned
  | PutAwayMoveStarted
  | PutAwayMoved
  | PutAwayCancelStarted
  | PutAwayCancelled;

/** Bins are being looked for. Nothing has moved. */
export interface PutAwayStarted {
  readonly type: 'PutAwayStarted';
  readonly taskId: string;
  readonly sku: string;
  readonly lotId?: string;
  readonly locationId: string;
  /** Where the units lie; missing: in no bin. */
  readonly fromBinId?: string;
  /** Named by the caller. */
  readonly toBinId?: string;
  readonly quantity: number;
  /** Name that the caller gave it. */
  readonly reference?: string;
  /** Subject of the credential that asked for it. */
  readonly createdBy: string;
  readonly requestHash: string;
}

export interface PlannedLine {
  /** In the stream of the bin. */
  readonly claimId: string;
  readonly binId: string;
  readonly quantity: number;
  readonly because: PlacementReason;
}

/** Bins were found for what has none yet; their space is being claimed. */
export interface PutAwayPlanned {
  readonly type: 'PutAwayPlanned';
  readonly lines: readonly PlannedLine[];
}

/** Why a bin, or the SKU, refused. */
export interface PutAwayRefusal {
  readonly code: string;
  readonly free?: number;
  readonly available?: number;
}

export interface ClaimOutcome {
  readonly claimId: string;
  /** Units that the bin gave space for. */
  readonly quantity: number;
  readonly refusal?: PutAwayRefusal;
}

/** The bins answered. */
export interface PutAwayClaimed {
  readonly type: 'PutAwayClaimed';
  readonly outcomes: readonly ClaimOutcome[];
  /** No further bins are looked for; what has none stays where it lies. */
  readonly isLast: boolean;
}

/** Somebody is to do it; null for nobody. */
export interface PutAwayAssigned {
  readonly type: 'PutAwayAssigned';
  readonly assignedTo: string | null;
}

export interface MoveLine {
  readonly claimId: string;
  readonly quantity: number;
}

/** Units were put into their bins; the streams of the SKU and the bins are being told. */
export interface PutAwayMoveStarted {
  readonly type: 'PutAwayMoveStarted';
  readonly moveId: string;
  readonly lines: readonly MoveLine[];
  /** Subject of the credential that says so. */
  readonly by: string;
}

export interface MoveOutcome extends MoveLine {
  /** Nothing was moved; the line stays open. */
  readonly refusal?: PutAwayRefusal;
}

/** The streams were told. */
export interface PutAwayMoved {
  readonly type: 'PutAwayMoved';
  readonly moveId: string;
  readonly outcomes: readonly MoveOutcome[];
}

/** The claims of the task are being ended. */
export interface PutAwayCancelStarted {
  readonly type: 'PutAwayCancelStarted';
  readonly by: string;
}

export interface PutAwayCancelled {
  readonly type: 'PutAwayCancelled';
}
