import type { ReasonCode } from '../reason-codes/reason-codes.js';
import type { BookedLine, CountLine, HeldLine, RecordedCount } from './events.js';
import type { Netting } from './judging.js';

/** Each carries its time (`at`) and id. `by` is the person. */
export type CountCommand =
  | CreateCountBatch
  | StartCount
  | RecordCounts
  | AddCountLine
  | RemoveCountLine
  | SubmitCount
  | ResolveCount
  | ReportBooking
  | ReportHeld
  | ReportReleased
  | CancelCount;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

interface PersonsCommand extends Command {
  readonly by: string;
}

export interface CreateCountBatch extends PersonsCommand {
  readonly type: 'CreateCountBatch';
  readonly batchId: string;
  readonly locationId: string;
  readonly name?: string;
  readonly blind: boolean;
  readonly freeze?: boolean;
  readonly complete?: boolean;
  readonly assignedTo?: string;
  readonly autoAccept: boolean;
  readonly postedBack: boolean;
  readonly lines: readonly CountLine[];
  readonly requestHash: string;
}

export interface StartCount extends PersonsCommand {
  readonly type: 'StartCount';
}

/** All counts or none. */
export interface RecordCounts extends PersonsCommand {
  readonly type: 'RecordCounts';
  readonly counts: readonly RecordedCount[];
}

/** Adds what was found and is on no line, with its count. */
export interface AddCountLine extends PersonsCommand {
  readonly type: 'AddCountLine';
  readonly line: CountLine;
  readonly count: Omit<RecordedCount, 'lineId'>;
}

export interface RemoveCountLine extends PersonsCommand {
  readonly type: 'RemoveCountLine';
  readonly lineId: string;
}

export interface SubmitCount extends PersonsCommand {
  readonly type: 'SubmitCount';
  readonly nettings: readonly Netting[];
}

export interface LineDecision {
  readonly lineId: string;
  readonly decision: 'accept' | 'reject' | 'recount';
  readonly reasonCode?: string;
  /** The reason, where it is one of the tenant's own. */
  readonly ownReason?: ReasonCode;
  readonly reason?: string;
  readonly pickedUnits?: number;
  readonly awaitingPickUnits?: number;
}

/** Each line by itself; refused as a whole only where every line is. */
export interface ResolveCount extends PersonsCommand {
  readonly type: 'ResolveCount';
  readonly lines: readonly LineDecision[];
  readonly nettings: readonly Netting[];
}

/** Reports what the SKUs answered. */
export interface ReportBooking extends Command {
  readonly type: 'ReportBooking';
  readonly lines: readonly BookedLine[];
}

export interface ReportHeld extends Command {
  readonly type: 'ReportHeld';
  readonly lines: readonly HeldLine[];
}

export interface ReportReleased extends Command {
  readonly type: 'ReportReleased';
  readonly lines: readonly string[];
}

/** Of a batch that does not exist: it never will. */
export interface CancelCount extends PersonsCommand {
  readonly type: 'CancelCount';
}
