import {
  IsFlag,
  IsIdentifier,
  IsIdentifierList,
  IsListOf,
  IsLocationId,
  IsAmount,
  IsNested,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsTime,
  IsWholeNumber,
  PageQuery,
} from '@holdfast/platform';
import { MAX_LINES_PER_COUNT } from '@holdfast/warehouse';

/** More lines than a batch may have are refused with their own code. */
const MOST_LINES_SENT = 5_000;

/** A SKU of the location, or what is of a lot or in a bin of it. */
export class CountPositionRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, description: 'Only what is of the lot, in whatever bin', example: 'LOT-7' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true, description: 'Only what lies in the bin', example: 'A-01' })
  readonly binId?: string;
}

/** A position whose SKU was found under either name. */
export type CountPosition = Omit<CountPositionRequest, 'productMasterId'> & { readonly sku: string };

export class CountSelection {
  @IsIdentifierList({ max: MOST_LINES_SENT, optional: true, description: 'Of these SKUs' })
  readonly skus?: string[];

  @IsIdentifierList({ max: 100, optional: true, description: 'Of these product categories' })
  readonly categories?: string[];

  @IsIdentifierList({ max: 100, optional: true, description: 'What lies in these bins, a line for each SKU, lot and bin' })
  readonly binIds?: string[];

  @IsFlag({ optional: true, description: 'Only what is due, the most urgent first' })
  readonly due?: boolean;
}

export class CreateCountRequest {
  @IsLocationId()
  readonly locationId!: string;

  @IsText({ optional: true, description: 'Your own name for it', example: 'Aisle 4' })
  readonly name?: string;

  @IsFlag({ optional: true, description: 'Counters see neither the recorded stock nor the counts of others; default true' })
  readonly blind?: boolean;

  @IsFlag({ optional: true, description: 'Hold the stock while it is counted; default false' })
  readonly freeze?: boolean;

  @IsFlag({
    optional: true,
    description:
      'The lines are all lots and bins of their SKUs: what is recorded in none of them is missing, once a person accepts; default false',
  })
  readonly complete?: boolean;

  @IsText({ optional: true, description: 'Who is to count' })
  readonly assignedTo?: string;

  @IsListOf(() => CountPositionRequest, { max: MOST_LINES_SENT, optional: true, description: `At most ${MAX_LINES_PER_COUNT}` })
  readonly lines?: CountPositionRequest[];

  @IsNested(() => CountSelection, { optional: true, description: 'Adds what the location has and no other open batch counts' })
  readonly select?: CountSelection;

  @IsWholeNumber({ min: 1, max: MAX_LINES_PER_COUNT, optional: true, description: 'Most lines that are selected; default 200' })
  readonly max?: number;

  @IsAmount({
    min: 0,
    max: 100,
    optional: true,
    description: 'Percent of the recorded stock, where neither SKU nor class has one; at most the default of the class',
  })
  readonly tolerancePct?: number;
}

export const COUNT_ACTIONS = ['start', 'record', 'add_line', 'remove_line', 'submit', 'cancel'] as const;
export type CountAction = (typeof COUNT_ACTIONS)[number];

const picked = 'Of the reserved units, those off the shelf already';
const awaiting = 'Of the sold units, those still on the shelf';

export class RecordedLineRequest {
  @IsIdentifier({ description: 'Line of the batch', example: '1' })
  readonly lineId!: string;

  @IsQuantity({ min: 0, description: 'Units counted' })
  readonly quantity!: number;

  @IsTime({ optional: true, description: 'When; default now' })
  readonly countedAt?: string;

  @IsQuantity({ min: 0, optional: true, description: picked })
  readonly pickedUnits?: number;

  @IsQuantity({ min: 0, optional: true, description: awaiting })
  readonly awaitingPickUnits?: number;
}

export class AddedLineRequest extends CountPositionRequest {
  @IsQuantity({ min: 0, description: 'Units counted' })
  readonly quantity!: number;

  @IsTime({ optional: true, description: 'When; default now' })
  readonly countedAt?: string;
}

export class CountActionRequest {
  @IsOneOf(COUNT_ACTIONS)
  readonly action!: CountAction;

  @IsListOf(() => RecordedLineRequest, { max: MAX_LINES_PER_COUNT, optional: true, description: 'For record: all or none' })
  readonly lines?: RecordedLineRequest[];

  @IsNested(() => AddedLineRequest, { optional: true, description: 'For add_line: a SKU that is on no line, with its count' })
  readonly line?: AddedLineRequest;

  @IsIdentifier({ optional: true, description: 'For remove_line: a line that was added' })
  readonly lineId?: string;

  @IsWholeNumber({ min: 0, max: 1_000_000_000, optional: true, description: 'Refuse if the batch has another version' })
  readonly expectedVersion?: number;
}

export const DECISIONS = ['accept', 'reject', 'recount'] as const;

export class LineDecisionRequest {
  @IsIdentifier({ description: 'Line of the batch', example: '1' })
  readonly lineId!: string;

  @IsOneOf(DECISIONS)
  readonly decision!: (typeof DECISIONS)[number];

  @IsIdentifier({ optional: true, description: 'Code of a reason for adjustments; default count', example: 'missing' })
  readonly reasonCode?: string;

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;

  @IsQuantity({ min: 0, optional: true, description: picked })
  readonly pickedUnits?: number;

  @IsQuantity({ min: 0, optional: true, description: awaiting })
  readonly awaitingPickUnits?: number;
}

export class ResolveCountRequest {
  @IsIdentifier({ example: 'cc_1' })
  readonly batchId!: string;

  @IsListOf(() => LineDecisionRequest, { max: MAX_LINES_PER_COUNT })
  readonly lines!: LineDecisionRequest[];

  @IsWholeNumber({ min: 0, max: 1_000_000_000, optional: true, description: 'Refuse if the batch has another version' })
  readonly expectedVersion?: number;
}

export const COUNT_STATUSES = ['open', 'counting', 'review', 'resolved', 'cancelled'] as const;

export class CountQuery extends PageQuery {
  @IsOneOf(COUNT_STATUSES, { optional: true })
  readonly status?: (typeof COUNT_STATUSES)[number];

  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsText({ optional: true })
  readonly assignedTo?: string;
}

export class BlindFormQuery {
  @IsIdentifier({ example: 'cc_1' })
  readonly batchId!: string;

  @IsOneOf(['json', 'csv'], { optional: true })
  readonly format?: 'json' | 'csv';
}
