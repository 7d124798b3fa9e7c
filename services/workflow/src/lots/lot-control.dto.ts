import { ApiProperty } from '@nestjs/swagger';
import { LOT_CONTROLS } from '@holdfast/inventory';
import { IsDay, IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku } from '@holdfast/platform';

export class LotControlQuery {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;
}

export class LotIssueView {
  @ApiProperty({ example: 'lots_exceed_on_hand' })
  readonly code!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class LotLocationView {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityInLots!: number;

  @ApiProperty({ type: 'integer', description: 'On hand less the units of lots and bins; below 0 where these have more' })
  readonly quantityUnassigned!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: [LotIssueView] })
  readonly issues!: readonly LotIssueView[];
}

export class LotControlView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ enum: LOT_CONTROLS })
  readonly lotControl!: (typeof LOT_CONTROLS)[number];

  @ApiProperty({ type: [LotLocationView] })
  readonly locations!: readonly LotLocationView[];

  @ApiProperty({ description: 'No location has an issue' })
  readonly valid!: boolean;
}

export class CheckedLotRequest {
  @IsIdentifier({ optional: true, example: 'LOT-A' })
  readonly lotId?: string;

  @IsDay({ optional: true })
  readonly expiryDate?: string;

  @IsQuantity({ min: 1 })
  readonly quantity!: number;
}

export class CheckLotsRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsOneOf(['receive', 'pick', 'transfer', 'adjust'])
  readonly operation!: 'receive' | 'pick' | 'transfer' | 'adjust';

  @IsListOf(() => CheckedLotRequest, { min: 1, max: 1_000 })
  readonly lines!: CheckedLotRequest[];
}

export class LotFindingView {
  @ApiProperty({ example: 'lot_expired' })
  readonly code!: string;

  @ApiProperty({ required: false, description: 'Of not_first_expiring: the lot that expires first' })
  readonly firstLotId?: string;

  @ApiProperty({ type: 'integer', required: false })
  readonly available?: number;
}

export class CheckedLotView {
  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty()
  readonly valid!: boolean;

  @ApiProperty({ type: [LotFindingView] })
  readonly errors!: readonly LotFindingView[];

  @ApiProperty({ type: [LotFindingView] })
  readonly warnings!: readonly LotFindingView[];
}

export class CheckedLotsView {
  @ApiProperty()
  readonly valid!: boolean;

  @ApiProperty({ type: [CheckedLotView] })
  readonly lines!: readonly CheckedLotView[];
}
