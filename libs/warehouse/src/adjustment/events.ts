/** Events of an adjustment of several SKUs. Stream `adjustment-{tenant}.{adjustmentId}`; quantities are units, times epoch milliseconds. */
export type AdjustmentEvent = AdjustmentStarted | AdjustmentCompleted;

export interface AdjustmentLine {
  readonly sku: string;
  /** Units more, or below 0 fewer; not 0. */
  readonly delta: number;
  /** The lot that the units are of, and the bin that they lie in. */
  readonly lotId?: string;
  readonly binId?: string;
}

/** Every line was validated and is being applied. */
export interface AdjustmentStarted {
  readonly type: 'AdjustmentStarted';
  readonly adjustmentId: string;
  readonly locationId: string;
  readonly reasonCode: string;
  /** The reason is one of the tenant's own whose units count as use. */
  readonly countsAsUse?: boolean;
  readonly reason?: string;
  /** The caller's own name of it. */
  readonly reference?: string;
  /** When the units changed; where missing, the moment in which each line is applied. */
  readonly effectiveAt?: number;
  /** Lines may take units that are promised: a fact, which cannot be refused. */
  readonly mayUncoverPromises?: boolean;
  readonly createdBy: string;
  readonly lines: readonly AdjustmentLine[];
  readonly requestHash: string;
}

/** Why the stream of a SKU refused its line. */
export interface AdjustedLineRefusal {
  readonly code: string;
  readonly requested?: number;
  readonly available?: number;
  /** Time of the later fact that the line stands against. */
  readonly laterAt?: number;
}

/** What became of one line. */
export interface AdjustedLine {
  /** From 1. */
  readonly line: number;
  /** Missing: the line was applied. */
  readonly refusal?: AdjustedLineRefusal;
  /** On hand at the location afterwards. */
  readonly quantityOnHand: number;
  readonly quantityAvailable: number;
}

/** Every line was applied or refused. */
export interface AdjustmentCompleted {
  readonly type: 'AdjustmentCompleted';
  readonly outcomes: readonly AdjustedLine[];
}
