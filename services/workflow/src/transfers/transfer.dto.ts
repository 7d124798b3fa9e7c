import {
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsNested,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsWholeNumber,
  PageQuery,
  Pagination,
} from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { LOSS_REASONS, type LossReason, type TransferPhase } from '@holdfast/inventory';

/** SKUs of one transfer, as the domain allows. */
const MAX_LINES_PER_TRANSFER = 1_000;

export class TransferLineRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsQuantity()
  readonly quantity!: number;

  @IsIdentifier({ optional: true, description: 'Ships units of this hold; it goes with them, split where only a part moves' })
  readonly holdId?: string;

  @IsIdentifier({ optional: true, description: 'Inside one location: the bin that the units leave' })
  readonly fromBinId?: string;

  @IsIdentifier({ optional: true, description: 'Inside one location: the bin that they come to' })
  readonly toBinId?: string;

  @IsIdentifier({ optional: true, description: 'Inside one location: their lot; without it, units of no lot' })
  readonly lotId?: string;
}

export class OverRequest {
  @IsQuantity({ description: 'Of the units that arrived, those beyond what was on its way' })
  readonly quantity!: number;

  @IsIdentifier({ optional: true, description: 'Reason of the adjustment; `over_receipt` when left out', example: 'over_receipt' })
  readonly reasonCode?: string;
}

export class ReceiptLineRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsQuantity({ min: 0, description: 'Good units that arrived, those beyond what was on its way among them' })
  readonly quantity!: number;

  @IsQuantity({ optional: true, description: 'For receive: units that arrived damaged, beside the good ones; they are held' })
  readonly rejected?: number;

  @IsNested(() => OverRequest, { optional: true, description: 'For receive: where more arrived than was on its way' })
  readonly over?: OverRequest;
}

export class CreateTransferRequest {
  @IsLocationId()
  readonly fromLocationId!: string;

  @IsLocationId()
  readonly toLocationId!: string;

  @IsListOf(() => TransferLineRequest, {
    max: MAX_LINES_PER_TRANSFER,
    description: 'Lines of the same SKU count as one; inside one location of the same SKU, lot and bins',
  })
  readonly lines!: TransferLineRequest[];

  @IsText({ optional: true, description: 'Your own name for it', example: 'PO-1071' })
  readonly reference?: string;
}

export const TRANSFER_ACTIONS = ['ship', 'receive', 'cancel', 'close'] as const;
export type TransferAction = (typeof TRANSFER_ACTIONS)[number];

export class TransferActionRequest {
  @IsOneOf(TRANSFER_ACTIONS)
  readonly action!: TransferAction;

  @IsListOf(() => ReceiptLineRequest, {
    max: MAX_LINES_PER_TRANSFER,
    optional: true,
    description: 'For receive: the part that arrived; all when left out',
  })
  readonly lines?: ReceiptLineRequest[];

  @IsIdentifier({ optional: true, description: 'For receive: your id of this receipt; the same again changes nothing' })
  readonly receiptId?: string;

  @IsOneOf(LOSS_REASONS, { optional: true, description: 'For close, and needed there: why what is in transit never arrives' })
  readonly reasonCode?: LossReason;

  @IsText({ optional: true, description: 'For close: why, in words' })
  readonly reason?: string;

  @IsWholeNumber({ min: 1, max: 1_000_000_000, optional: true, description: 'Refuses with 412 where the transfer has another version' })
  readonly expectedVersion?: number;
}

export const TRANSFER_STATUSES = [
  'created',
  'moving',
  'shipping',
  'in_transit',
  'receiving',
  'received',
  'cancelling',
  'cancelled',
  'closing',
  'closed',
] as const;

export class TransferQuery extends PageQuery {
  @IsOneOf(TRANSFER_STATUSES, { optional: true })
  readonly status?: (typeof TRANSFER_STATUSES)[number];

  @IsLocationId({ optional: true, description: 'Source or destination' })
  readonly locationId?: string;
}

export class TransferLineView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ description: 'Same as sku' })
  readonly productMasterId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly inTransit!: number;

  @ApiProperty({ type: 'integer', description: 'Arrived of what was on its way, rejected units among them' })
  readonly received!: number;

  @ApiProperty({ type: 'integer', description: 'Went back to the source by a cancellation, or did not change bin' })
  readonly returned!: number;

  @ApiProperty({ type: 'integer', description: 'Of what arrived, units that were rejected and are held' })
  readonly rejected!: number;

  @ApiProperty({ type: 'integer', description: 'Arrived beyond what was on its way' })
  readonly over!: number;

  @ApiProperty({ type: 'integer', description: 'Never arrive: the transfer was closed' })
  readonly lost!: number;

  @ApiProperty({ type: String, nullable: true, description: 'The hold whose units it ships' })
  readonly holdId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Inside one location: lot of the units' })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly fromBinId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly toBinId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Inside one location: why its units did not change bin' })
  readonly refusal!: string | null;
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

  @ApiProperty({ enum: LOSS_REASONS, nullable: true, description: 'Why it was closed' })
  readonly reasonCode!: LossReason | null;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: 'integer', description: 'Counts the changes; send it as expectedVersion' })
  readonly version!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Person or key; null where an earlier release created it' })
  readonly createdBy!: string | null;

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
