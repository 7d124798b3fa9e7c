import { IsFlag, IsIdentifier, IsLocationId, IsQuantity, IsSku, IsText, IsTime, MAX_QUANTITY, MAX_REASON_LENGTH } from '@holdfast/platform';
import { IsLines } from '../lines/is-lines.js';
import { ApiProperty } from '@nestjs/swagger';
import { BulkAnswer, LineResult } from '../lines/line-result.dto.js';

const COUNTED = { min: 0, description: 'On hand as counted' };
const DELTA = { min: -MAX_QUANTITY, description: 'Units more (or, below zero, fewer); not 0', example: -3 };
const UNCOVER = 'Take units even where they are promised: a fact such as damage, which cannot be refused. Default false';

class Reasoned {
  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people', example: 'fell off the shelf' })
  readonly reason?: string;

  @IsTime({ optional: true, description: 'When it became so; default now' })
  readonly effectiveAt?: string;
}

const IsReasonCode = (options: { optional?: boolean } = {}): PropertyDecorator =>
  IsIdentifier({ ...options, description: 'Kind of reason', example: 'damage' });

export class RecordStockRequest extends Reasoned {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity(COUNTED)
  readonly quantity!: number;

  @IsReasonCode({ optional: true })
  readonly reasonCode?: string;
}

export class AdjustRequest extends Reasoned {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity(DELTA)
  readonly delta!: number;

  @IsReasonCode()
  readonly reasonCode!: string;

  @IsFlag({ optional: true, description: UNCOVER })
  readonly mayUncoverPromises?: boolean;
}

/** Either `quantity` (a count) or `delta`. */
export class StockLine extends Reasoned {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity({ ...COUNTED, optional: true })
  readonly quantity?: number;

  @IsQuantity({ ...DELTA, optional: true })
  readonly delta?: number;

  @IsReasonCode({ optional: true })
  readonly reasonCode?: string;

  @IsFlag({ optional: true, description: UNCOVER })
  readonly mayUncoverPromises?: boolean;
}

export class BulkStockRequest {
  @IsLines(() => StockLine)
  readonly lines!: unknown[];
}

export class ChannelStockLine {
  @IsSku()
  readonly sku!: string;

  @IsQuantity(COUNTED)
  readonly quantity!: number;

  @IsLocationId({ optional: true, description: 'Needed where the SKU lies in several locations' })
  readonly locationId?: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people', example: 'warehouse count' })
  readonly reason?: string;
}

export class ChannelBulkRequest {
  @IsLines(() => ChannelStockLine)
  readonly items!: unknown[];
}

export class SafetyStockRequest {
  @IsQuantity({ min: 0, description: 'Units that channels are not shown' })
  readonly safetyStock!: number;
}

/** A SKU at a location, in the words of the inventory API. Units. */
export class StockItemView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityReserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAvailable!: number;

  @ApiProperty({ type: 'integer' })
  readonly safetyStock!: number;
}

export class StockLineResult extends LineResult {
  @ApiProperty({ type: 'integer', required: false, description: 'On hand after the line' })
  readonly onHand?: number;
}

export class StockLinesResult extends BulkAnswer<StockLineResult> {
  @ApiProperty({ type: [StockLineResult] })
  readonly results!: readonly StockLineResult[];
}
