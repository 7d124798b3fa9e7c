/** Events of a batch of counts at one location. Stream `count-{tenant}.{batchId}`; quantities are units, times epoch milliseconds. */
export type CountEvent =
  | CountBatchCreated
  | CountStarted
  | CountsRecorded
  | CountLineAdded
  | CountLineRemoved
  | CountSubmitted
  | CountLinesResolved
  | CountLinesBooked
  | CountStockHeld
  | CountStockReleased
  | CountBatchCancelled;

export type AbcClass = 'A' | 'B' | 'C';

/** A SKU to count, with the tolerance that is in force for it in this batch. */
export interface CountLine {
  readonly lineId: string;
  readonly sku: string;
  /** Only what is of the lot. */
  readonly lotId?: string;
  /** Only what lies in the bin. */
  readonly binId?: string;
  /** Of the lot, when the line was made. */
  readonly expiryDate?: string;
  readonly class: AbcClass;
  /** Percent of the recorded stock. */
  readonly tolerancePct: number;
  /** Most value of a difference within tolerance, in minor units of the tenant's currency. */
  readonly valueLimitMinor?: number;
  /** Cost of one unit when the line was made. */
  readonly costMinor?: number;
}

/** What was recorded of the SKU as of the time of a count. */
export interface CountedBook {
  /** The newest event of the SKU's stream that the figures reflect. */
  readonly revision: number;
  /** On hand as of the time of the count; of a line of a lot or a bin, what lay there. */
  readonly units: number;
  /** Reserved then: at most so many units had been picked though on hand contained them. */
  readonly reservedUnits: number;
  /** Units sold then that may not have been picked. */
  readonly unpickedUnits: number;
  /** A later figure that was known already: there is no comparing with the recorded stock. */
  readonly staleBy?: StaleCause;
}

export type StaleCause = 'level' | 'count';

export interface RecordedCount {
  readonly lineId: string;
  readonly quantity: number;
  readonly countedAt: number;
  readonly book: CountedBook;
  /** Of the reserved units, those off the shelf; missing where nobody said. */
  readonly pickedUnits?: number;
  /** Of the sold units, those still on the shelf; missing where nobody said. */
  readonly awaitingPickUnits?: number;
}

export interface CountBatchCreated {
  readonly type: 'CountBatchCreated';
  readonly batchId: string;
  readonly locationId: string;
  readonly name?: string;
  /** Counters see neither the recorded stock nor the counts of others. */
  readonly blind: boolean;
  /** The stock of each line is held until the line is decided. */
  readonly freeze?: boolean;
  /** Who planned it says that its lines are all places where its SKUs may lie, so that units that no line has are missing. */
  readonly complete?: boolean;
  readonly assignedTo?: string;
  /** Differences within tolerance are accepted when the counts are submitted. */
  readonly autoAccept: boolean;
  /** The ERP is told of the differences and posts them under the batch. */
  readonly postedBack: boolean;
  readonly createdBy: string;
  /** No unit is on two lines. */
  readonly lines: readonly CountLine[];
  readonly requestHash: string;
}

export interface CountStarted {
  readonly type: 'CountStarted';
  readonly by: string;
}

/** What a person counted. A count of the same person in the same round replaces the one before. */
export interface CountsRecorded {
  readonly type: 'CountsRecorded';
  readonly by: string;
  readonly counts: readonly RecordedCount[];
}

export interface CountLineAdded {
  readonly type: 'CountLineAdded';
  readonly by: string;
  readonly line: CountLine;
  /** The command that added it; a repeat adds nothing. */
  readonly commandId: string;
}

export interface CountLineRemoved {
  readonly type: 'CountLineRemoved';
  readonly by: string;
  readonly lineId: string;
}

/** `accept`: the difference is to be booked, by a command on the SKU that `CountLinesBooked` reports. */
export type LineOutcome = 'accept' | 'review' | 'recount' | 'reject' | 'stale';

export interface JudgedLine {
  readonly lineId: string;
  readonly outcome: LineOutcome;
  /** Index of the entry that was judged. */
  readonly entry: number;
  /** On hand as of the time of the entry, as known when it was judged. */
  readonly book: number;
  readonly variance: number;
  readonly within: boolean;
  /** On the last line of a SKU whose every position was counted: units recorded in none, which are written off once a person accepts. */
  readonly unassigned?: number;
  readonly pickedUnits?: number;
  readonly awaitingPickUnits?: number;
  readonly reasonCode?: string;
  readonly reason?: string;
}

/** All lines were counted: each is accepted, sent to a recount, or waits for a person. */
export interface CountSubmitted {
  readonly type: 'CountSubmitted';
  readonly by: string;
  readonly lines: readonly JudgedLine[];
}

/** What a person decided on lines in review. */
export interface CountLinesResolved {
  readonly type: 'CountLinesResolved';
  readonly by: string;
  readonly lines: readonly JudgedLine[];
}

export interface BookedLine {
  readonly lineId: string;
  readonly entry: number;
  /** The change of on hand, or of what lies in the lot or bin; 0 where the count was equal. Missing when the count became stale before it was booked. */
  readonly delta?: number;
  /** Units recorded in no position that were written off with it, besides `delta`; below 0 where positions had more than on hand. */
  readonly unassigned?: number;
  /** On hand after it. */
  readonly onHand: number;
}

/** The differences of accepted lines are in the stock of their SKUs. */
export interface CountLinesBooked {
  readonly type: 'CountLinesBooked';
  readonly lines: readonly BookedLine[];
}

export interface HeldLine {
  readonly lineId: string;
  readonly sku: string;
  /** False where the SKU refused another hold. */
  readonly held: boolean;
}

/** The stock of these lines is held while it is counted. */
export interface CountStockHeld {
  readonly type: 'CountStockHeld';
  readonly lines: readonly HeldLine[];
}

/** The holds of these lines ended. */
export interface CountStockReleased {
  readonly type: 'CountStockReleased';
  readonly lines: readonly string[];
}

/** Nothing was booked, and nothing will be. */
export interface CountBatchCancelled {
  readonly type: 'CountBatchCancelled';
  readonly by: string;
}
