import { IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku, IsText, PageQuery } from '@holdfast/platform';
import { MAX_LINES_PER_TRANSFER } from './lines.js';

export class TransferLineRequest {
  @IsSku()
  readonly sku!: string;

  @IsQuantity()
  readonly quantity!: number;
}

export class CreateTransferRequest {
  @IsLocationId()
  readonly fromLocationId!: string;

  @IsLocationId()
  readonly toLocationId!: string;

  @IsListOf(() => TransferLineRequest, { max: MAX_LINES_PER_TRANSFER, description: 'Lines of the same SKU count as one' })
  readonly lines!: TransferLineRequest[];

  @IsText({ optional: true, description: 'Your own name for it', example: 'PO-1071' })
  readonly reference?: string;
}

export const TRANSFER_ACTIONS = ['ship', 'receive', 'cancel'] as const;
export type TransferAction = (typeof TRANSFER_ACTIONS)[number];

export class TransferActionRequest {
  @IsOneOf(TRANSFER_ACTIONS)
  readonly action!: TransferAction;

  @IsListOf(() => TransferLineRequest, {
    max: MAX_LINES_PER_TRANSFER,
    optional: true,
    description: 'For receive: the part that arrived; all when left out',
  })
  readonly lines?: TransferLineRequest[];

  @IsIdentifier({ optional: true, description: 'For receive: your id of this receipt; the same again changes nothing' })
  readonly receiptId?: string;
}

export const TRANSFER_STATUSES = ['created', 'shipping', 'in_transit', 'receiving', 'received', 'cancelling', 'cancelled'] as const;

export class TransferQuery extends PageQuery {
  @IsOneOf(TRANSFER_STATUSES, { optional: true })
  readonly status?: (typeof TRANSFER_STATUSES)[number];

  @IsLocationId({ optional: true, description: 'Source or destination' })
  readonly locationId?: string;
}
