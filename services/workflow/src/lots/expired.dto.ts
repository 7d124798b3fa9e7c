import { ApiProperty } from '@nestjs/swagger';
import { IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku, IsText } from '@holdfast/platform';

const MAX_ITEMS = 1_000;

export class LotUnitsRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsIdentifier({ description: 'Lot', example: 'LOT-A' })
  readonly lotId!: string;

  @IsQuantity({ min: 1, optional: true, description: 'Units; default all of the lot there' })
  readonly quantity?: number;
}

export class MarkExpiredRequest {
  @IsListOf(() => LotUnitsRequest, { min: 1, max: MAX_ITEMS })
  readonly items!: LotUnitsRequest[];

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;
}

export class ConsumedUnitsRequest extends LotUnitsRequest {
  @IsQuantity({ min: 1, description: 'Units that were used up' })
  declare readonly quantity: number;
}

export class MarkConsumedRequest {
  @IsListOf(() => ConsumedUnitsRequest, { min: 1, max: MAX_ITEMS })
  readonly items!: ConsumedUnitsRequest[];

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;
}

export class TransferDestructionRequest {
  @IsListOf(() => LotUnitsRequest, { min: 1, max: MAX_ITEMS })
  readonly items!: LotUnitsRequest[];

  @IsOneOf(['move', 'destroy'], { description: 'move: to a location of kind destruction; destroy: off on hand' })
  readonly mode!: 'move' | 'destroy';

  @IsLocationId({ optional: true, description: 'Where to, with move' })
  readonly destructionLocationId?: string;

  @IsText({ optional: true, max: 200, description: 'Number of the certificate of destruction' })
  readonly certificate?: string;

  @IsText({ optional: true, max: 200, description: 'Who saw it' })
  readonly witness?: string;
}

export const LOT_LINE_STATUSES = ['applied', 'unchanged', 'refused'] as const;

export class LotLineView {
  @ApiProperty({ type: 'integer', description: 'From 1, as sent' })
  readonly line!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly lotId!: string;

  @ApiProperty({ enum: LOT_LINE_STATUSES })
  readonly status!: (typeof LOT_LINE_STATUSES)[number];

  @ApiProperty({ required: false, description: 'Why it was refused', example: 'lot_not_expired' })
  readonly code?: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a line that was short: units of the lot there' })
  readonly available?: number;

  @ApiProperty({ type: 'integer', description: 'Promised units that lost their cover by it' })
  readonly uncoveredPromises!: number;

  @ApiProperty({ type: 'integer', description: 'On hand at the location afterwards' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAvailable!: number;
}

export class LotLinesView {
  @ApiProperty({ description: 'Document of the lines', example: 'adj_…' })
  readonly id!: string;

  @ApiProperty({ type: [LotLineView] })
  readonly lines!: readonly LotLineView[];
}
