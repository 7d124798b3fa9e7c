import { Pagination } from '@holdfast/platform';
import type { RequestPriority, RequestStatus } from '@holdfast/warehouse';
import { ApiProperty } from '@nestjs/swagger';
import { PRIORITIES, REQUEST_STATUSES } from './request.dto.js';

const TIME = { type: String, format: 'date-time', nullable: true } as const;
const NAME = { type: String, nullable: true } as const;
const UNITS = { type: 'integer' } as const;

export class StockRequestLineView {
  @ApiProperty()
  readonly lineId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty(NAME)
  readonly productName!: string | null;

  @ApiProperty(NAME)
  readonly categoryName!: string | null;

  @ApiProperty(UNITS)
  readonly quantityRequested!: number;

  @ApiProperty(UNITS)
  readonly quantityApproved!: number;

  @ApiProperty({ ...UNITS, description: 'Held for this request at the source' })
  readonly quantityReserved!: number;

  @ApiProperty({ ...UNITS, description: 'Waits for supply' })
  readonly quantityWaiting!: number;

  @ApiProperty(UNITS)
  readonly quantityShipped!: number;

  @ApiProperty(UNITS)
  readonly quantityCancelled!: number;

  @ApiProperty(NAME)
  readonly reasonCode!: string | null;

  @ApiProperty({ ...NAME, description: 'Why another quantity was approved than requested' })
  readonly approvalReasonCode!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Free at the source beside what is reserved; null where nothing is known of the SKU there',
  })
  readonly quantityAvailable!: number | null;
}

export class StockRequestCommentView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly text!: string;

  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class RequestReservationView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty(UNITS)
  readonly quantity!: number;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;
}

export class ShippedLineView {
  @ApiProperty()
  readonly lineId!: string;

  @ApiProperty(UNITS)
  readonly quantity!: number;
}

export class RequestShipmentView {
  @ApiProperty()
  readonly shipmentId!: string;

  @ApiProperty({ ...NAME, description: 'Transfer that carries the units; null where they were used up' })
  readonly transferId!: string | null;

  @ApiProperty({ type: [ShippedLineView] })
  readonly lines!: readonly ShippedLineView[];

  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class StockRequestView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ example: 'SR-000124' })
  readonly number!: string;

  @ApiProperty({ enum: REQUEST_STATUSES })
  readonly status!: RequestStatus;

  @ApiProperty({ enum: ['none', 'partial', 'complete'], description: 'How much of what was approved was shipped' })
  readonly fulfilment!: 'none' | 'partial' | 'complete';

  @ApiProperty()
  readonly fromLocationId!: string;

  @ApiProperty(NAME)
  readonly toLocationId!: string | null;

  @ApiProperty({ enum: PRIORITIES })
  readonly priority!: RequestPriority;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  readonly neededBy!: string | null;

  @ApiProperty(NAME)
  readonly reason!: string | null;

  @ApiProperty()
  readonly requestedBy!: string;

  @ApiProperty(TIME)
  readonly submittedAt!: string | null;

  @ApiProperty(NAME)
  readonly approvedBy!: string | null;

  @ApiProperty(TIME)
  readonly approvedAt!: string | null;

  @ApiProperty(NAME)
  readonly rejectedBy!: string | null;

  @ApiProperty({ type: [StockRequestLineView] })
  readonly lines!: readonly StockRequestLineView[];

  @ApiProperty({ type: [RequestReservationView] })
  readonly reservations!: readonly RequestReservationView[];

  @ApiProperty({ type: [RequestShipmentView] })
  readonly shipments!: readonly RequestShipmentView[];

  @ApiProperty({ type: [StockRequestCommentView] })
  readonly comments!: readonly StockRequestCommentView[];

  @ApiProperty({ type: 'integer', description: 'Counts the changes; send it as expectedVersion' })
  readonly version!: number;

  @ApiProperty()
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class StockRequestsView {
  @ApiProperty({ type: [StockRequestView] })
  readonly requests!: readonly StockRequestView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class StockRequestLinesView {
  @ApiProperty({ type: [StockRequestLineView] })
  readonly lines!: readonly StockRequestLineView[];
}

export class StatusChangeView {
  @ApiProperty({ enum: REQUEST_STATUSES, nullable: true, type: String })
  readonly from!: RequestStatus | null;

  @ApiProperty({ enum: REQUEST_STATUSES })
  readonly to!: RequestStatus;

  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty(NAME)
  readonly comment!: string | null;
}

export class StockRequestStatusView {
  @ApiProperty({ enum: REQUEST_STATUSES })
  readonly status!: RequestStatus;

  @ApiProperty({ enum: ['none', 'partial', 'complete'] })
  readonly fulfilment!: 'none' | 'partial' | 'complete';

  @ApiProperty({ enum: REQUEST_STATUSES, isArray: true, description: 'Steps forward; rollback goes one step back' })
  readonly allowedTransitions!: readonly RequestStatus[];

  @ApiProperty({ type: [StatusChangeView] })
  readonly history!: readonly StatusChangeView[];
}
