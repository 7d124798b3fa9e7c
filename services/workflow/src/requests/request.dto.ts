import {
  IsDay,
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsWholeNumber,
  PageQuery,
} from '@holdfast/platform';
import { MAX_LINES_PER_REQUEST } from '@holdfast/warehouse';

export const PRIORITIES = ['normal', 'high', 'urgent'] as const;
export const REQUEST_STATUSES = ['draft', 'submitted', 'approved', 'rejected', 'fulfilling', 'fulfilled', 'cancelled'] as const;

const MAX_COMMENT = 2_000;
const IsVersion = (): PropertyDecorator =>
  IsWholeNumber({ optional: true, min: 0, max: Number.MAX_SAFE_INTEGER, description: 'The version that you saw; another one: 412' });
const IsComment = (): PropertyDecorator => IsText({ optional: true, max: MAX_COMMENT, description: 'Shown in the history' });
const IsReasonCode = (description: string): PropertyDecorator => IsIdentifier({ optional: true, description, example: 'low_stock' });

export class RequestLineRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsQuantity({ description: 'Units; lines of the same SKU count as one' })
  readonly quantityRequested!: number;

  @IsReasonCode('Why the units are needed')
  readonly reasonCode?: string;
}

export class CreateStockRequest {
  @IsLocationId({ description: 'Where the units lie' })
  readonly fromLocationId!: string;

  @IsLocationId({ optional: true, description: 'Where they go; without it, the units are used up at the source' })
  readonly toLocationId?: string;

  @IsOneOf(PRIORITIES, { optional: true, description: 'Default normal' })
  readonly priority?: (typeof PRIORITIES)[number];

  @IsDay({ optional: true, description: 'Day on which the units are needed' })
  readonly neededBy?: string;

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;

  @IsListOf(() => RequestLineRequest, { optional: true, min: 0, max: MAX_LINES_PER_REQUEST })
  readonly lines?: RequestLineRequest[];

  @IsFlag({ optional: true, description: 'Submit it at once' })
  readonly submit?: boolean;
}

export class EditStockRequest {
  @IsLocationId({ optional: true })
  readonly fromLocationId?: string;

  @IsLocationId({ optional: true })
  readonly toLocationId?: string;

  @IsOneOf(PRIORITIES, { optional: true })
  readonly priority?: (typeof PRIORITIES)[number];

  @IsDay({ optional: true, description: 'Day on which the units are needed' })
  readonly neededBy?: string;

  @IsText({ optional: true, max: 500 })
  readonly reason?: string;

  @IsListOf(() => RequestLineRequest, { optional: true, min: 0, max: MAX_LINES_PER_REQUEST, description: 'Replaces all lines' })
  readonly lines?: RequestLineRequest[];

  @IsVersion()
  readonly expectedVersion?: number;
}

/** One line, or several. */
export class AddLinesRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsQuantity({ optional: true })
  readonly quantityRequested?: number;

  @IsReasonCode('Why the units are needed')
  readonly reasonCode?: string;

  @IsListOf(() => RequestLineRequest, { optional: true, max: MAX_LINES_PER_REQUEST, description: 'In place of the fields of one line' })
  readonly lines?: RequestLineRequest[];

  @IsVersion()
  readonly expectedVersion?: number;
}

export class ApprovedLineRequest {
  @IsIdentifier()
  readonly lineId!: string;

  @IsQuantity({ min: 0, description: 'At most the requested units' })
  readonly quantity!: number;

  @IsReasonCode('Needed where another quantity is approved than requested')
  readonly reasonCode?: string;
}

export class ApproveStockRequest {
  @IsListOf(() => ApprovedLineRequest, {
    optional: true,
    max: MAX_LINES_PER_REQUEST,
    description: 'Lines left out are approved as requested',
  })
  readonly lines?: ApprovedLineRequest[];

  @IsFlag({ optional: true, description: 'Reserve what is there; the rest waits where the SKU allows back-orders' })
  readonly partial?: boolean;

  @IsComment()
  readonly comment?: string;

  @IsVersion()
  readonly expectedVersion?: number;
}

export class CommentOfRequest {
  @IsComment()
  readonly comment?: string;

  @IsVersion()
  readonly expectedVersion?: number;
}

export class AddCommentRequest {
  @IsText({ max: MAX_COMMENT })
  readonly text!: string;
}

export class ShippedLineRequest {
  @IsIdentifier()
  readonly lineId!: string;

  @IsQuantity()
  readonly quantity!: number;
}

export class ChangeStatusRequest {
  @IsOneOf(REQUEST_STATUSES, { description: 'fulfilling, fulfilled or cancelled; the others have endpoints of their own' })
  readonly status!: (typeof REQUEST_STATUSES)[number];

  @IsIdentifier({ optional: true, description: 'Your id of this shipment; the same again changes nothing' })
  readonly shipmentId?: string;

  @IsListOf(() => ShippedLineRequest, { optional: true, max: MAX_LINES_PER_REQUEST, description: 'What is shipped' })
  readonly lines?: ShippedLineRequest[];

  @IsFlag({ optional: true, description: 'With fulfilled: cancel what is left and free its reservation' })
  readonly closeRemainder?: boolean;

  @IsComment()
  readonly comment?: string;

  @IsVersion()
  readonly expectedVersion?: number;
}

export class StockRequestQuery extends PageQuery {
  @IsOneOf(REQUEST_STATUSES, { optional: true })
  readonly status?: (typeof REQUEST_STATUSES)[number];

  @IsLocationId({ optional: true })
  readonly fromLocationId?: string;

  @IsLocationId({ optional: true })
  readonly toLocationId?: string;

  @IsText({ optional: true, description: 'Subject of who asked' })
  readonly requestedBy?: string;

  @IsOneOf(PRIORITIES, { optional: true })
  readonly priority?: (typeof PRIORITIES)[number];

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsText({ optional: true, description: 'Category of a product among the lines' })
  readonly categoryId?: string;

  @IsText({ optional: true, description: 'Part of the number, the reason, a SKU or a name of a product' })
  readonly search?: string;

  @IsDay({ optional: true, description: 'First day of creation' })
  readonly fromDate?: string;

  @IsDay({ optional: true, description: 'Last day of creation' })
  readonly toDate?: string;
}
