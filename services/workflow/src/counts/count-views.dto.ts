import { ApiProperty } from '@nestjs/swagger';
import { Pagination } from '@holdfast/platform';
import { ABC_CLASSES, type AbcClass } from '@holdfast/warehouse';
import { COUNT_STATUSES } from './count.dto.js';

const hidden = 'Missing while counters of a blind batch must not see it';

export class CountBatchView {
  @ApiProperty({ example: 'cc_1' })
  readonly id!: string;

  @ApiProperty({ enum: COUNT_STATUSES })
  readonly status!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly name!: string | null;

  @ApiProperty()
  readonly blind!: boolean;

  @ApiProperty()
  readonly freeze!: boolean;

  @ApiProperty({ description: 'The lines are all lots and bins of their SKUs' })
  readonly complete!: boolean;

  @ApiProperty({ type: String, nullable: true })
  readonly assignedTo!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly lineCount!: number;

  @ApiProperty({ type: 'integer', description: 'Lines with a count' })
  readonly counted!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that were out of tolerance when they were last judged; 0 before the first submit' })
  readonly outOfTolerance!: number;

  @ApiProperty({
    type: 'number',
    nullable: true,
    required: false,
    description: `Share of the lines that were within tolerance at their first count. ${hidden}`,
  })
  readonly accuracy?: number | null;

  @ApiProperty({ type: 'number', required: false, description: `Sum of the values of the differences. ${hidden}` })
  readonly netVarianceValue?: number;

  @ApiProperty({ type: 'number', required: false, description: `Sum without signs: surplus and shortage do not cancel. ${hidden}` })
  readonly grossVarianceValue?: number;

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty()
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class CountEntryView {
  @ApiProperty({ type: 'integer' })
  readonly index!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty()
  readonly countedBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly countedAt!: string;
}

export const LINE_STATUSES = ['to_count', 'counted', 'recount', 'review', 'accepting', 'equal', 'accepted', 'rejected', 'stale'] as const;

export class CountLineView {
  @ApiProperty({ example: '1' })
  readonly lineId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly productName!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly binId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly expiryDate!: string | null;

  @ApiProperty({ enum: ABC_CLASSES })
  readonly class!: AbcClass;

  @ApiProperty({ enum: LINE_STATUSES })
  readonly status!: string;

  @ApiProperty({ type: [CountEntryView], description: 'Of a blind batch that is counted, only your own' })
  readonly entries!: readonly CountEntryView[];

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: `On hand as of the count. ${hidden}` })
  readonly bookQuantity?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: hidden })
  readonly variance?: number | null;

  @ApiProperty({ type: 'number', nullable: true, required: false, description: hidden })
  readonly variancePct?: number | null;

  @ApiProperty({ type: 'number', nullable: true, required: false, description: hidden })
  readonly varianceValue?: number | null;

  @ApiProperty({ type: Boolean, nullable: true, required: false, description: hidden })
  readonly withinTolerance?: boolean | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    required: false,
    description: `Units recorded in no lot or bin that nobody found; accepting the line writes them off. ${hidden}`,
  })
  readonly unassignedUnits?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: hidden })
  readonly quantityReserved?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: hidden })
  readonly pickedUnits?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: hidden })
  readonly awaitingPickUnits?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: 'Change of on hand, once booked' })
  readonly delta?: number | null;

  @ApiProperty({ type: 'integer', nullable: true, required: false, description: 'On hand after it' })
  readonly quantityOnHand?: number | null;
}

export class CountView {
  @ApiProperty({ type: CountBatchView })
  readonly batch!: CountBatchView;

  @ApiProperty({ type: [CountLineView] })
  readonly lines!: readonly CountLineView[];
}

export class CountBatchAnswer {
  @ApiProperty({ type: CountBatchView })
  readonly batch!: CountBatchView;
}

export class CountsView {
  @ApiProperty({ type: [CountBatchView] })
  readonly batches!: readonly CountBatchView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class ResolvedLineView {
  @ApiProperty()
  readonly lineId!: string;

  @ApiProperty({ enum: [...LINE_STATUSES, 'refused'] })
  readonly status!: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Change of on hand' })
  readonly delta?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Units recorded in no lot or bin that were written off besides' })
  readonly unassignedUnits?: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly quantityOnHand?: number;

  @ApiProperty({ required: false, description: 'True where the bin holds more than its capacity with it; a count is booked whatever fits' })
  readonly overCapacity?: boolean;

  @ApiProperty({ required: false, description: 'Why the line was refused' })
  readonly code?: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Units reserved at the count: at most so many were picked' })
  readonly reservedUnits?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Units sold at the count that may not have been picked' })
  readonly unpickedUnits?: number;
}

export class ResolvedCountView {
  @ApiProperty({ type: CountBatchView })
  readonly batch!: CountBatchView;

  @ApiProperty({ type: [ResolvedLineView] })
  readonly lines!: readonly ResolvedLineView[];
}

export class BlindFormLine {
  @ApiProperty()
  readonly lineId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly binId!: string | null;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly productName!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly barcode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly expiryDate!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'To be filled in' })
  readonly quantity!: number | null;
}

export class BlindFormView {
  @ApiProperty()
  readonly batchId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: [BlindFormLine] })
  readonly lines!: readonly BlindFormLine[];
}
