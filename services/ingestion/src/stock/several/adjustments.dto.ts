import {
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsQuantity,
  IsText,
  IsTime,
  MAX_QUANTITY,
  MAX_REASON_LENGTH,
} from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { StockItemView } from '../stock.dto.js';

/** Locations that one call may change. */
export const MAX_ADJUSTMENTS = 100;

export class LocationAdjustmentRequest {
  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity({ min: -MAX_QUANTITY, description: 'Units more (or, below zero, fewer); not 0', example: -3 })
  readonly delta!: number;
}

export class AdjustLocationsRequest {
  @IsListOf(() => LocationAdjustmentRequest, { max: MAX_ADJUSTMENTS, description: 'Each location once' })
  readonly adjustments!: LocationAdjustmentRequest[];

  @IsIdentifier({ optional: true, description: 'Kind of reason; default adjustment', example: 'damage' })
  readonly reasonCode?: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people' })
  readonly reason?: string;

  @IsTime({ optional: true, description: 'When it became so; default now' })
  readonly effectiveAt?: string;

  @IsFlag({ optional: true, description: 'Take units even where they are promised. Default false' })
  readonly mayUncoverPromises?: boolean;
}

export class AdjustedSkuView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was decided' })
  readonly adjustedAt!: string;

  @ApiProperty({ type: 'integer', description: 'On hand over all locations of the SKU' })
  readonly totalOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly totalReserved!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Units that may be promised, over all locations; what a channel keeps itself is not counted',
  })
  readonly totalAvailable!: number;

  @ApiProperty({ type: [StockItemView], description: 'The locations of the request, in its order' })
  readonly items!: readonly StockItemView[];
}
