import type { Command } from '../command.js';

export type ReconciliationCommand = ReportLevel | IssueStock;

interface ErpCommand extends Command {
  readonly connectionId: string;
  /** The ERP's id of the message; the same again changes nothing. */
  readonly messageId: string;
  readonly locationId: string;
}

export interface ReportLevel extends ErpCommand {
  readonly type: 'ReportLevel';
  readonly figure: number;
  readonly asOf: number;
  /** An unacknowledged commit counts as posted this long after it; null: only an acknowledgement counts. */
  readonly postingLagMs: number | null;
  /** The ERP posts adjustments and counts of Holdfast itself: its figures contain them once it has, not as of their time. */
  readonly adjustmentsPostedBack?: boolean;
  /** The document that changed the figure. Where units that the ERP blocks are not in the figure, a hold that names it is released. */
  readonly documentId?: string;
  /** What the figure covers: all units, or only those that the ERP has not blocked. Missing: all. */
  readonly covers?: 'physical' | 'unrestricted';
}

export interface IssueStock extends ErpCommand {
  readonly type: 'IssueStock';
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly documentId?: string;
  /** The lot that the units were of. */
  readonly lotId?: string;
  readonly orderId?: string;
}
