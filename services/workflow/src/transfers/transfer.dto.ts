import { IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { MAX_LINES_PER_TRANSFER } from './lines.js';
import { ApiProperty } from '@nestjs/swagger';
import type { TransferPhase } from '@holdfast/inventory';

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

export class TransferLineView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly inTransit!: number;

  @ApiProperty({ type: 'integer' })
  readonly received!: number;

  @ApiProperty({ type: 'integer', description: 'Went back to the source by a cancellation' })
  readonly returned!: number;
}

export class TransferView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ enum: TRANSFER_STATUSES })
  readonly status!: TransferPhase;

  @ApiProperty()
  readonly fromLocationId!: string;

  @ApiProperty()
  readonly toLocationId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reference!: string | null;

  @ApiProperty({ type: [TransferLineView] })
  readonly lines!: readonly TransferLineView[];

  @ApiProperty({ type: [String], description: 'Ids of what was received so far' })
  readonly receipts!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class TransfersView {
  @ApiProperty({ type: [TransferView] })
  readonly transfers!: readonly TransferView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
