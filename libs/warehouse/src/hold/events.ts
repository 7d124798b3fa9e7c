import type { PlaceHold } from '@holdfast/inventory';

/** Events of a call that holds units of several SKUs. Stream `hold-{tenant}.{holdId}`; quantities are units, times epoch milliseconds. */
export type HoldCallEvent = HoldCallStarted | HoldCallCompleted;

/** Holds so many units at the location; without a quantity all of the location, or of the whole SKU. */
export interface HoldLine {
  readonly sku: string;
  readonly locationId?: string;
  /** Only units of this lot. */
  readonly lotId?: string;
  readonly quantity?: number;
}

/** Every line was validated and is being held. The hold of line 2 is `{holdId}~2` in the stream of its SKU. */
export interface HoldCallStarted {
  readonly type: 'HoldCallStarted';
  readonly holdId: string;
  readonly holdType: PlaceHold['holdType'];
  readonly reason?: string;
  readonly reference?: string;
  readonly erpReference?: string;
  readonly expectedReleaseAt?: number;
  readonly mayUncoverPromises?: boolean;
  /** Subject of the credential that asked for it. */
  readonly createdBy: string;
  /** The person behind it, who may not release a recall or a legal hold. */
  readonly person: string;
  readonly lines: readonly HoldLine[];
  readonly requestHash: string;
}

/** Why the stream of a SKU refused its line. */
export interface HoldCallRefusal {
  readonly code: string;
  readonly requested?: number;
  readonly available?: number;
}

/** What became of one line. */
export interface HoldCallLine {
  /** From 1. */
  readonly line: number;
  /** Missing: the line is held. */
  readonly refusal?: HoldCallRefusal;
  /** Units on hand that the hold of the line keeps. */
  readonly quantityHeld: number;
  /** Promised units that are no longer covered because of it. */
  readonly uncoveredPromises: number;
}

/** Every line was held or refused. */
export interface HoldCallCompleted {
  readonly type: 'HoldCallCompleted';
  readonly outcomes: readonly HoldCallLine[];
}
