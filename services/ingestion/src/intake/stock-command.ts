import type { ErpMessage } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';

export interface Placement {
  readonly locationId: string;
  readonly postingLagMs: number | null;
}

/** The command that a valid ERP message means at its location. @param at epoch milliseconds of now */
export function stockCommand(message: ErpMessage, { locationId, postingLagMs }: Placement, commandId: string, at: number): SkuCommand {
  const { connectionId, messageId, quantity } = message;
  const erp = { at, commandId, connectionId, messageId, locationId };
  switch (message.type) {
    case 'level':
      return { type: 'ReportLevel', ...erp, figure: quantity, asOf: Date.parse(message.asOf), postingLagMs };
    case 'receipt':
      return {
        type: 'ReceiveStock',
        ...erp,
        quantity,
        effectiveAt: Date.parse(message.postedAt),
        ...documentOf(message),
        ...(message.inboundReference === undefined ? {} : { inboundReference: message.inboundReference }),
      };
    case 'issue':
      return {
        type: 'IssueStock',
        ...erp,
        quantity,
        effectiveAt: Date.parse(message.postedAt),
        ...documentOf(message),
        ...(message.orderId === undefined ? {} : { orderId: message.orderId }),
      };
    default:
      return unreachable(message);
  }
}

const documentOf = ({ documentId }: { readonly documentId?: string }): { readonly documentId?: string } =>
  documentId === undefined ? {} : { documentId };

function unreachable(message: never): never {
  throw new Error(`no command for ${JSON.stringify(message)}`);
}
