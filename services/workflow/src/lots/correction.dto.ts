import { ApiProperty } from '@nestjs/swagger';
import { IsDay, IsFlag, IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku, IsText } from '@holdfast/platform';

export const CORRECTION_TYPES = ['assign', 'reassign', 'split', 'merge', 'rename', 'change_expiry', 'settle'] as const;
export type CorrectionType = (typeof CORRECTION_TYPES)[number];

export class CorrectionLineRequest {
  @IsIdentifier({ optional: true, description: 'The lot that units leave', example: 'LOT-A' })
  readonly fromLotId?: string;

  @IsIdentifier({ optional: true, description: 'The lot that they get', example: 'LOT-B' })
  readonly toLotId?: string;

  @IsIdentifier({ optional: true, description: 'The lot of assign', example: 'LOT-A' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true, description: 'Only units in this bin' })
  readonly binId?: string;

  @IsQuantity({ min: 1, optional: true, description: 'Units; merge: default all' })
  readonly quantity?: number;

  @IsDay({ optional: true, description: 'assign: of a lot that is new; merge: the date that remains' })
  readonly expiryDate?: string;
}

export class LotCorrectionRequest {
  @IsOneOf(CORRECTION_TYPES)
  readonly type!: CorrectionType;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId({ optional: true, description: 'Needed but for rename and change_expiry, which are about a lot wherever it lies' })
  readonly locationId?: string;

  @IsIdentifier({ optional: true, description: 'The lot that units leave', example: 'LOT-A' })
  readonly fromLotId?: string;

  @IsIdentifier({ optional: true, description: 'The lot that they get, or the new id', example: 'LOT-B' })
  readonly toLotId?: string;

  @IsIdentifier({ optional: true, description: 'The lot of assign, rename and change_expiry', example: 'LOT-A' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true, description: 'Only units in this bin' })
  readonly binId?: string;

  @IsQuantity({ min: 1, optional: true, description: 'Units; merge: default all' })
  readonly quantity?: number;

  @IsDay({
    optional: true,
    nullable: true,
    description: 'assign: of a lot that is new; change_expiry: the new date, or null for none; merge: the date that remains',
  })
  readonly expiryDate?: string | null;

  @IsFlag({ optional: true, description: 'change_expiry: the lot has no date; the same as a null `expiryDate`' })
  readonly withoutExpiry?: boolean;

  @IsText({
    pattern: /^(earliest|latest|\d{4}-\d{2}-\d{2})$/,
    optional: true,
    description: 'merge of two dates: which one remains, `earliest`, `latest` or a date; default earliest',
    example: 'latest',
  })
  readonly expiry?: string;

  @IsIdentifier({ optional: true, example: 'wrong_lot_picked' })
  readonly reasonCode?: string;

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;

  @IsFlag({ optional: true, description: 'Units that are promised may be taken off sale by it' })
  readonly mayUncoverPromises?: boolean;

  @IsFlag({ optional: true, description: 'Say what it would do, and change nothing' })
  readonly dryRun?: boolean;

  @IsListOf(() => CorrectionLineRequest, {
    max: 1_000,
    optional: true,
    description: 'Several of assign, reassign, split or merge, one after the other; each is applied or refused on its own',
  })
  readonly lines?: CorrectionLineRequest[];
}

export class LotChangeView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for units without a lot' })
  readonly lotId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly delta!: number;

  @ApiProperty({ type: 'integer', description: 'Units of the lot at the location afterwards' })
  readonly quantityOnHand!: number;
}

export class CorrectedLineView {
  @ApiProperty({ type: 'integer', description: 'From 1, as sent' })
  readonly line!: number;

  @ApiProperty({ enum: ['applied', 'refused'] })
  readonly status!: 'applied' | 'refused';

  @ApiProperty({ required: false, description: 'Why it was refused', example: 'insufficient_lot_stock' })
  readonly code?: string;

  @ApiProperty({ type: [LotChangeView] })
  readonly changes!: readonly LotChangeView[];
}

export class LotCorrectionView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ enum: ['applied', 'partly_applied'] })
  readonly status!: 'applied' | 'partly_applied';

  @ApiProperty({ enum: CORRECTION_TYPES })
  readonly type!: CorrectionType;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly locationId!: string | null;

  @ApiProperty({ description: 'True: nothing was changed' })
  readonly dryRun!: boolean;

  @ApiProperty({ type: [LotChangeView], description: 'Of all lines together' })
  readonly changes!: readonly LotChangeView[];

  @ApiProperty({ type: [CorrectedLineView], required: false, description: 'Where lines were sent' })
  readonly lines?: readonly CorrectedLineView[];

  @ApiProperty({ type: 'integer', description: 'At the location, or at all of them' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAvailable!: number;
}
