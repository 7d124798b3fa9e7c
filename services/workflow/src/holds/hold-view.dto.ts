import { HOLD_TYPES, type HoldPlaced } from '@holdfast/inventory';
import { Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { HOLD_STATUSES, type HoldStatus } from './hold.dto.js';

class HoldFields {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty({ enum: [...HOLD_TYPES, 'expired'] })
  readonly type!: HoldPlaced['holdType'];

  @ApiProperty({ type: String, nullable: true, description: 'Null: every location of the SKU' })
  readonly locationId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units that it named; null: all, also what arrives later' })
  readonly quantity!: number | null;

  @ApiProperty({ type: 'integer', description: 'Units on hand that it keeps now; fewer than it names where less lies there' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityReleased!: number;

  @ApiProperty({ type: 'integer', description: 'Promised units that lost their cover when it was placed' })
  readonly uncoveredPromises!: number;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly reference!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly erpReference!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly expectedReleaseAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Key or subject of who placed it' })
  readonly createdBy!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly releasedAt!: string | null;
}

export class TracedUnitsView {
  @ApiProperty({ required: false, description: 'One of the four ids is sent' })
  readonly orderId?: string;

  @ApiProperty({ required: false, description: 'Stock request that used the units' })
  readonly requestId?: string;

  @ApiProperty({ required: false })
  readonly transferId?: string;

  @ApiProperty({ required: false, description: 'Of an ERP that issued the units without naming an order' })
  readonly documentId?: string;

  @ApiProperty({ description: 'That the units left' })
  readonly locationId!: string;

  @ApiProperty({ type: 'integer', description: 'Without those that came back' })
  readonly quantity!: number;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

const AFFECTED = 'With trace: where units of the lot went, also under former ids and as parts of other lots; oldest first';
const UNTRACED = 'With trace: units of the SKU that left without a lot, so that they may have been of this one';

export class HoldView extends HoldFields {
  @ApiProperty({ enum: HOLD_STATUSES })
  readonly status!: HoldStatus;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ type: [TracedUnitsView], required: false, description: AFFECTED })
  readonly affected?: readonly TracedUnitsView[];

  @ApiProperty({ type: [TracedUnitsView], required: false, description: UNTRACED })
  readonly untraced?: readonly TracedUnitsView[];
}

export class HoldsView {
  @ApiProperty({ type: [HoldView] })
  readonly holds!: readonly HoldView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class HeldLineView {
  @ApiProperty({ type: 'integer', description: 'From 1, as sent' })
  readonly line!: number;

  @ApiProperty({ enum: ['held', 'refused'] })
  readonly status!: 'held' | 'refused';

  @ApiProperty({ type: String, nullable: true, description: 'Hold of the line, by which it is released; null where it was refused' })
  readonly holdId!: string | null;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly quantity!: number | null;

  @ApiProperty({ type: 'integer' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: 'integer' })
  readonly uncoveredPromises!: number;

  @ApiProperty({ required: false, description: 'Why the line was refused', example: 'insufficient_stock' })
  readonly code?: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a line that was short: units to hold' })
  readonly requested?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a line that was short: units that were free' })
  readonly available?: number;
}

const PLACED_STATUSES = [...HOLD_STATUSES, 'placed', 'partly_placed'] as const;

/** A hold, or what became of each line of a call with `items`: then `sku` is null and the figures are sums. */
export class HoldAnswer extends HoldFields {
  @ApiProperty({ enum: PLACED_STATUSES })
  readonly status!: (typeof PLACED_STATUSES)[number];

  @ApiProperty({ type: String, nullable: true })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly productMasterId!: string | null;

  @ApiProperty({ type: [HeldLineView], required: false })
  readonly lines?: readonly HeldLineView[];
}
