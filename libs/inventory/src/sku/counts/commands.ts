import type { Command } from '../command.js';
import type { ReceivedPosition } from '../lots/commands.js';

export type CountCommand = ApplyCount;

/** Applies the result of a count of a batch. It is never refused for promises: what was counted is true, whatever was promised. */
export interface ApplyCount extends Command {
  readonly type: 'ApplyCount';
  readonly locationId: string;
  /** When it was counted, epoch milliseconds; not later than `at`. */
  readonly countedAt: number;
  /** What on hand was at that time, by the count. */
  readonly counted: number;
  /** The difference from the recorded stock as of that time; 0 is recorded too. */
  readonly delta: number;
  /** What the difference was computed against; the command is refused when facts of that time became known since. */
  readonly mark: CountMark;
  /** The batch. */
  readonly documentId: string;
  /** Whether the ERP will post the difference under the document: until then its figures do not contain it. */
  readonly postedBack: boolean;
  /**
   * Differences of positions; they add up to `delta`. What is more meets unassigned units of the location first, and only the rest raises on
   * hand.
   */
  readonly positions?: readonly PositionDelta[];
  /** The count covers all positions of the location: `delta` is the difference of on hand, and no unit is unassigned afterwards. */
  readonly coversAll?: boolean;
  readonly reasonCode: string;
  readonly reason?: string;
}

export interface PositionDelta extends Omit<ReceivedPosition, 'quantity'> {
  readonly delta: number;
}

/** Changes when a fact becomes known that may change the recorded stock of a time; sales and other movements of later do not change it. */
export interface CountMark {
  /** Units of the figure and of the movements up to the time. */
  readonly units: number;
  readonly lastAsOf: number | null;
  readonly countedAt: number | null;
}
