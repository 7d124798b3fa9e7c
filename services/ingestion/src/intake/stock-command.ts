import type { ErpMessage, ErpReceipt } from '@holdfast/contracts';
import type { ArrivalBin, ReceiveStock, SkuCommand } from '@holdfast/inventory';
import type { FigureCovers } from '../routing/routing.js';

export interface Placement {
  readonly locationId: string;
  readonly postingLagMs: number | null;
  readonly adjustmentsPostedBack?: boolean;
  readonly figureCovers?: FigureCovers;
}

/** What the catalogue says of a receipt. */
export interface Arrival {
  /** From when the lot of a receipt with a date is expired at the location, epoch milliseconds. */
  readonly expiresAt?: number | undefined;
  readonly bin?: ArrivalBin | undefined;
}

/**
 * The command that a valid ERP message means at its location.
 * @param at epoch milliseconds of now
 */
export function stockCommand(
  message: ErpMessage,
  { locationId, postingLagMs, adjustmentsPostedBack, figureCovers }: Placement,
  commandId: string,
  at: number,
  { expiresAt, bin }: Arrival = {},
): SkuCommand {
  const { connectionId, messageId, quantity } = message;
  const erp = { at, commandId, connectionId, messageId, locationId };
  switch (message.type) {
    case 'level':
      return {
        type: 'ReportLevel',
        ...erp,
        figure: quantity,
        asOf: Date.parse(message.asOf),
        postingLagMs,
        ...documentOf(message),
        ...(adjustmentsPostedBack === true ? { adjustmentsPostedBack } : {}),
        ...(figureCovers === 'unrestricted' ? { covers: figureCovers } : {}),
      };
    case 'receipt':
      return {
        type: 'ReceiveStock',
        ...erp,
        quantity,
        effectiveAt: Date.parse(message.postedAt),
        ...documentOf(message),
        ...positionsOf(message, expiresAt),
        ...(bin === undefined ? {} : { arrivalBin: bin }),
        ...(message.inboundReference === undefined ? {} : { inboundReference: message.inboundReference }),
      };
    case 'issue':
      return {
        type: 'IssueStock',
        ...erp,
        quantity,
        effectiveAt: Date.parse(message.postedAt),
        ...documentOf(message),
        ...(message.lotId === undefined ? {} : { lotId: message.lotId }),
        ...(message.orderId === undefined ? {} : { orderId: message.orderId }),
      };
    default:
      return unreachable(message);
  }
}

const documentOf = ({ documentId }: { readonly documentId?: string }): { readonly documentId?: string } =>
  documentId === undefined ? {} : { documentId };

function positionsOf({ lotId, expiryDate, quantity }: ErpReceipt, expiresAt: number | undefined): Pick<ReceiveStock, 'positions'> {
  if (lotId === undefined) return {};
  const date = expiryDate === undefined || expiresAt === undefined ? {} : { expiryDate, expiresAt };
  return { positions: [{ lotId, quantity, ...date }] };
}

function unreachable(message: never): never {
  throw new Error(`no command for ${JSON.stringify(message)}`);
}
