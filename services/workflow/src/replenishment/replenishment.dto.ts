import { ApiProperty } from '@nestjs/swagger';
import {
  IsIdentifier,
  IsLocationId,
  IsNested,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsWholeNumber,
  MAX_REASON_LENGTH,
  PageQuery,
  Pagination,
} from '@holdfast/platform';
import type { ReplenishmentStatus } from '@holdfast/warehouse';

export const REPLENISHMENT_STATUSES = [
  'suggested',
  'approved',
  'ordered',
  'in_progress',
  'cancelling',
  'received',
  'rejected',
  'superseded',
  'cancelled',
] as const satisfies readonly ReplenishmentStatus[];

export const SOURCE_TYPES = ['transfer', 'purchase'] as const;
export const METHODS = ['min_max', 'reorder_point', 'periodic'] as const;
export const ORDER_ACTIONS = ['approve', 'reject', 'cancel'] as const;

export class SourceRequest {
  @IsOneOf(SOURCE_TYPES)
  readonly type!: (typeof SOURCE_TYPES)[number];

  @IsLocationId({ optional: true, nullable: true, description: 'The location that gives, of a transfer' })
  readonly locationId?: string | null;

  @IsIdentifier({ optional: true, nullable: true, description: 'The supplier, of a purchase' })
  readonly supplierId?: string | null;
}

export class ReplenishmentRequest {
  @IsSku({ optional: true, description: 'Of a new order: stock keeping unit' })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId({ optional: true, description: 'Of a new order: the location to replenish' })
  readonly locationId?: string;

  @IsQuantity({ optional: true, description: 'Units of a new order; for approve, the units to order in the place of those suggested' })
  readonly quantity?: number;

  @IsNested(() => SourceRequest, {
    optional: true,
    description: 'Of a new order: where the units come from; the source of the rule when left out',
  })
  readonly source?: SourceRequest;

  @IsIdentifier({ optional: true, description: 'The order to act on' })
  readonly id?: string;

  @IsOneOf(ORDER_ACTIONS, { optional: true, description: 'What to do with the order that `id` names' })
  readonly action?: (typeof ORDER_ACTIONS)[number];

  @IsText({ optional: true, max: MAX_REASON_LENGTH })
  readonly reason?: string;

  @IsWholeNumber({ min: 1, max: 1_000_000_000, optional: true, description: 'Refuses with 412 where the order has another version' })
  readonly expectedVersion?: number;
}

export class ReplenishmentQuery extends PageQuery {
  @IsOneOf(REPLENISHMENT_STATUSES, { optional: true })
  readonly status?: ReplenishmentStatus;

  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export class SourceView {
  @ApiProperty({ enum: SOURCE_TYPES })
  readonly type!: (typeof SOURCE_TYPES)[number];

  @ApiProperty({ required: false })
  readonly locationId?: string;

  @ApiProperty({ required: false })
  readonly supplierId?: string;
}

/** The figures that an order rests on, in units. */
export class BecauseView {
  @ApiProperty({ enum: [...METHODS, 'manual'] })
  readonly method!: string;

  @ApiProperty({ type: 'integer', description: 'onHand - held - reserved - waiting + inbound + open' })
  readonly position!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'At or below it the rule orders; null for periodic' })
  readonly reorderPoint!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Up to which units are ordered' })
  readonly target!: number | null;

  @ApiProperty({ type: 'integer', description: 'target - position' })
  readonly need!: number;

  @ApiProperty({ type: 'integer' })
  readonly packSize!: number;

  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer', description: 'Units that may not leave' })
  readonly held!: number;

  @ApiProperty({ type: 'integer', description: 'Units of reservations that wait for supply' })
  readonly waiting!: number;

  @ApiProperty({ type: 'integer', description: 'Open units of announced deliveries and units in transit to here' })
  readonly inbound!: number;

  @ApiProperty({ type: 'integer', description: 'Approved replenishment and requests that are neither shipped nor announced' })
  readonly open!: number;

  @ApiProperty({ type: 'number', description: 'Mean, in units a day' })
  readonly dailyUse!: number;

  @ApiProperty({ type: 'integer', description: 'Days that daily use rests on' })
  readonly daysOfData!: number;

  @ApiProperty({ type: 'integer', description: 'Units that the source could not spare' })
  readonly shortAtSource!: number;
}

export class ReplenishmentView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for a suggestion that is not stored' })
  readonly id!: string | null;

  @ApiProperty({ enum: REPLENISHMENT_STATUSES })
  readonly status!: ReplenishmentStatus;

  @ApiProperty({ type: 'integer', description: '0 for a suggestion that is not stored' })
  readonly version!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: SourceView })
  readonly source!: SourceView;

  @ApiProperty({ type: String, nullable: true, description: 'The transfer that the order became' })
  readonly transferId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Reference of the announced delivery that the order became' })
  readonly inboundReference!: string | null;

  @ApiProperty({ type: BecauseView })
  readonly because!: BecauseView;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Review date of a periodic rule' })
  readonly dueAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly createdBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly createdAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly updatedAt!: string | null;
}

export class ReplenishmentsView {
  @ApiProperty({ type: [ReplenishmentView] })
  readonly replenishments!: readonly ReplenishmentView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
