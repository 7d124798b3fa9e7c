import { ApiProperty } from '@nestjs/swagger';
import { BIN_KINDS, type BinKind } from '@holdfast/inventory';
import {
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsWholeNumber,
  MAX_NAME_LENGTH,
  PageQuery,
} from '@holdfast/platform';
import { MAX_ITEMS_PER_PUT_AWAY, PUT_AWAY_STATUSES, type PutAwayStatus } from '@holdfast/warehouse';

export class PutAwayItemRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, example: 'LOT-7' })
  readonly lotId?: string;

  @IsQuantity()
  readonly quantity!: number;

  @IsIdentifier({ optional: true, description: 'A bin of your choice; without it bins are suggested', example: 'A-01' })
  readonly toBinId?: string;
}

export class PutAwayLineRequest {
  @IsIdentifier({ description: 'A bin of the task' })
  readonly binId!: string;

  @IsQuantity()
  readonly quantity!: number;
}

export const PUT_AWAY_ACTIONS = ['assign', 'complete', 'cancel'] as const;
export type PutAwayAction = (typeof PUT_AWAY_ACTIONS)[number];

/** Creates tasks, one for each item; or, with taskId and action, acts on one. */
export class PutAwayRequest {
  @IsLocationId({ optional: true, description: 'To create: where the units lie' })
  readonly locationId?: string;

  @IsIdentifier({ optional: true, description: 'To create: the bin that the units lie in; without it, units in no bin', example: 'REC' })
  readonly fromBinId?: string;

  @IsListOf(() => PutAwayItemRequest, { max: MAX_ITEMS_PER_PUT_AWAY, optional: true, description: 'To create: what is put away' })
  readonly items?: PutAwayItemRequest[];

  @IsText({ optional: true, description: 'To create: your own name for it', example: 'tr_9' })
  readonly reference?: string;

  @IsIdentifier({ optional: true, description: 'To act: the task', example: 'pa_1' })
  readonly taskId?: string;

  @IsOneOf(PUT_AWAY_ACTIONS, { optional: true, description: 'To act' })
  readonly action?: PutAwayAction;

  @IsListOf(() => PutAwayLineRequest, {
    max: MAX_ITEMS_PER_PUT_AWAY,
    optional: true,
    description: 'For complete: what was put into which bin; all that is open when left out',
  })
  readonly lines?: PutAwayLineRequest[];

  @IsText({
    optional: true,
    nullable: true,
    max: MAX_NAME_LENGTH,
    description: 'For assign: who does it; null for nobody, you when left out',
  })
  readonly assignedTo?: string | null;

  @IsWholeNumber({ optional: true, min: 0, max: 2_147_483_647, description: 'To act: only where the task has this version' })
  readonly expectedVersion?: number;
}

export class PutAwayQuery extends PageQuery {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsOneOf(PUT_AWAY_STATUSES, { optional: true })
  readonly status?: PutAwayStatus;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export const BIN_PURPOSES = ['source', 'destination'] as const;

export class BinsQuery {
  @IsLocationId()
  readonly locationId!: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsOneOf(BIN_PURPOSES, { optional: true, description: 'Only bins that units can be taken from, or put into' })
  readonly purpose?: (typeof BIN_PURPOSES)[number];

  @IsQuantity({ optional: true, query: true, description: 'Only bins that have, or have space for, so many units' })
  readonly quantity?: number;
}

export class BinLotView {
  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class BinStockView {
  @ApiProperty()
  readonly binId!: string;

  @ApiProperty({ enum: [...BIN_KINDS] })
  readonly type!: BinKind;

  @ApiProperty({ type: 'integer' })
  readonly sequence!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units of all SKUs; null without a limit' })
  readonly capacity!: number | null;

  @ApiProperty({ type: 'integer', description: 'Units of all SKUs that lie there' })
  readonly contents!: number;

  @ApiProperty({ type: 'integer', description: 'Units on their way there' })
  readonly claimed!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units that still fit; below zero where a fact overfilled it' })
  readonly free!: number | null;

  @ApiProperty({ type: 'integer', description: 'Units of the SKU that was asked for; of all without one' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: [BinLotView], description: 'Of the SKU that was asked for' })
  readonly lots!: readonly BinLotView[];

  @ApiProperty()
  readonly sellable!: boolean;

  @ApiProperty()
  readonly blocked!: boolean;
}

export class BinsStockView {
  @ApiProperty({ type: [BinStockView] })
  readonly bins!: readonly BinStockView[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units of the SKU that lie in no bin; null without a SKU' })
  readonly unassigned!: number | null;
}
