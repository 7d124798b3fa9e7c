import { Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ADJUSTMENT_SOURCES, CORRECTION_KINDS, type AdjustmentSource } from './adjusted-stock.js';

export const ADJUSTMENT_STATUSES = ['applied', 'partly_applied', 'refused'] as const;
export type AdjustmentStatus = (typeof ADJUSTMENT_STATUSES)[number];

export class AdjustmentLineView {
  @ApiProperty({ type: 'integer', description: 'From 1, as sent' })
  readonly line!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ enum: ['applied', 'refused'] })
  readonly status!: 'applied' | 'refused';

  @ApiProperty({ type: 'integer' })
  readonly delta!: number;

  @ApiProperty({ type: 'integer', description: 'On hand at the location after the line' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAvailable!: number;

  @ApiProperty({ required: false, description: 'Why the line was refused', example: 'insufficient_stock' })
  readonly code?: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a line that was short: units to take' })
  readonly requested?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a line that was short: units that could have been taken' })
  readonly available?: number;

  @ApiProperty({ format: 'date-time', required: false, description: 'Of a line of a time before a count: when that was' })
  readonly countedAt?: string;

  @ApiProperty({ format: 'date-time', required: false, description: 'Of a line of a time before a figure of an ERP: when that was' })
  readonly laterAt?: string;
}

export class AdjustmentDocument {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ enum: ADJUSTMENT_STATUSES })
  readonly status!: AdjustmentStatus;

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly reasonCode!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly reference!: string | null;

  @ApiProperty({ type: [AdjustmentLineView] })
  readonly lines!: readonly AdjustmentLineView[];

  @ApiProperty({ description: 'Key or subject of who asked for it' })
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

/** Units of a lot, or in a bin, by which a change is told. */
export class PositionChangeView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for units without a lot' })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly binId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly delta!: number;
}

/** A change of on hand for a reason, or a correction of its lots, whatever it came from. */
export class AdjustmentView {
  @ApiProperty({ description: 'Of the line: its document and what tells it apart in it' })
  readonly id!: string;

  @ApiProperty()
  readonly documentId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Where the whole change is of one lot' })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the whole change is of one bin' })
  readonly binId!: string | null;

  @ApiProperty({ type: String, enum: CORRECTION_KINDS, nullable: true, description: 'Of a correction of lots, which leaves on hand' })
  readonly kind!: string | null;

  @ApiProperty({ type: [PositionChangeView], description: 'By lot and bin, where units have some' })
  readonly changes!: readonly PositionChangeView[];

  @ApiProperty({ type: 'integer' })
  readonly delta!: number;

  @ApiProperty({ type: 'integer', description: 'On hand at the location before' })
  readonly quantityBefore!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAfter!: number;

  @ApiProperty()
  readonly reasonCode!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Name that the caller gave the document' })
  readonly reference!: string | null;

  @ApiProperty({ enum: ADJUSTMENT_SOURCES })
  readonly source!: AdjustmentSource;

  @ApiProperty({ type: Number, nullable: true, description: 'Change of value by the cost of then; null where no cost was known' })
  readonly value!: number | null;

  @ApiProperty({ format: 'date-time' })
  readonly effectiveAt!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly createdBy!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class AdjustmentsView {
  @ApiProperty({ type: [AdjustmentView] })
  readonly adjustments!: readonly AdjustmentView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
