import { MAX_LINES_PER_ADJUSTMENT } from '@holdfast/warehouse';
import {
  IsDay,
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsQuantity,
  IsSku,
  IsText,
  IsTime,
  MAX_NAME_LENGTH,
  MAX_QUANTITY,
  MAX_REASON_LENGTH,
  PageQuery,
} from '@holdfast/platform';
import { NamedStock } from './subject.js';

/** A document, and within it a SKU and a location with their separators escaped. */
const MAX_ROW_ID_LENGTH = 1_000;

const DELTA = { min: -MAX_QUANTITY, description: 'Units more (or, below zero, fewer); not 0', example: -3 };

export class AdjustmentLineRequest extends NamedStock {
  @IsQuantity(DELTA)
  readonly delta!: number;
}

/** `lines`, or one line at the top. */
export class CreateAdjustmentRequest extends NamedStock {
  @IsLocationId()
  readonly locationId!: string;

  @IsIdentifier({ description: 'One of GET /api/inventory/adjustments/reason-codes', example: 'damage' })
  readonly reasonCode!: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people; some reason codes require it', example: 'fork lift' })
  readonly reason?: string;

  @IsText({ optional: true, description: 'Your own name for it', example: 'QA-118' })
  readonly reference?: string;

  @IsText({
    optional: true,
    max: MAX_ROW_ID_LENGTH,
    description:
      'Id of the row of GET /api/inventory/adjustments that this takes back. A row is taken back once, else 409 `already_undone`',
    example: 'adj_4f0c4b6e-6a52-4c4e-9a57-2f3bb0a3f0c1~1',
  })
  readonly undoes?: string;

  @IsTime({ optional: true, description: 'When it became so, at most 31 days back; default now' })
  readonly effectiveAt?: string;

  @IsFlag({ optional: true, description: 'Take units even where they are promised: a fact such as damage. Default false' })
  readonly mayUncoverPromises?: boolean;

  @IsFlag({ optional: true, description: 'Put units into bins beyond their capacity. Default false' })
  readonly overCapacity?: boolean;

  @IsListOf(() => AdjustmentLineRequest, { max: MAX_LINES_PER_ADJUSTMENT, optional: true })
  readonly lines?: AdjustmentLineRequest[];

  @IsQuantity({ ...DELTA, optional: true, description: 'For one line without `lines`: units more, or below zero fewer' })
  readonly delta?: number;
}

export class RecordedLineRequest {
  @IsIdentifier({ optional: true, description: 'Only for a SKU that has lots', example: 'LOT-7' })
  readonly lotId?: string;

  @IsDay({ optional: true, description: 'Only with a lot' })
  readonly expiryDate?: string;

  @IsIdentifier({ optional: true, description: 'Only for a SKU that has lots or bins', example: 'A-01' })
  readonly binId?: string;

  @IsQuantity({ min: 0, description: 'Units that lie there' })
  readonly quantity!: number;
}

export class RecordPositionsRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsTime({ optional: true, description: 'When it lay so, at most 31 days back; default now' })
  readonly effectiveAt?: string;

  @IsIdentifier({ optional: true, description: 'A reason that allows more and fewer units; default count', example: 'count' })
  readonly reasonCode?: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people; some reason codes require it' })
  readonly reason?: string;

  @IsFlag({ optional: true, description: 'The lines cover the whole location: it is a count, and nothing else lies there. Default false' })
  readonly complete?: boolean;

  @IsFlag({ optional: true, description: 'Put units into bins beyond their capacity. Default false' })
  readonly overCapacity?: boolean;

  @IsListOf(() => RecordedLineRequest, { min: 0, max: MAX_LINES_PER_ADJUSTMENT, description: 'None only with complete' })
  readonly lines!: RecordedLineRequest[];
}

class StockQuery extends PageQuery {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, description: 'Of what has to do with the lot, alone or beside others' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true })
  readonly binId?: string;

  @IsText({ optional: true, max: MAX_NAME_LENGTH, description: 'Key or subject of who adjusted' })
  readonly createdBy?: string;

  @IsDay({ optional: true, description: 'First day, by when it was recorded; UTC' })
  readonly fromDate?: string;

  @IsDay({ optional: true, description: 'Last day, included; UTC' })
  readonly toDate?: string;
}

export class AdjustmentsQuery extends StockQuery {
  @IsIdentifier({ optional: true })
  readonly reasonCode?: string;
}

export class RecordedStockQuery extends StockQuery {}
