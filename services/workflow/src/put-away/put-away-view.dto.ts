import { ApiProperty } from '@nestjs/swagger';
import { Pagination } from '@holdfast/platform';
import { PLACEMENT_REASONS, PUT_AWAY_STATUSES, type PlacementReason, type PutAwayStatus } from '@holdfast/warehouse';

export class PutAwayLineView {
  @ApiProperty()
  readonly binId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly completed!: number;

  @ApiProperty({ enum: [...PLACEMENT_REASONS] })
  readonly because!: PlacementReason;
}

export class PutAwayTaskView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ enum: [...PUT_AWAY_STATUSES] })
  readonly status!: PutAwayStatus;

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly fromBinId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly completed!: number;

  @ApiProperty({ type: String, nullable: true })
  readonly assignedTo!: string | null;

  @ApiProperty({ type: [PutAwayLineView] })
  readonly lines!: readonly PutAwayLineView[];

  @ApiProperty({ type: 'integer', description: 'Units that no bin has space for; they stay where they lie' })
  readonly unplaced!: number;

  @ApiProperty({ type: String, nullable: true })
  readonly reference!: string | null;

  @ApiProperty()
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class PutAwayTasksView {
  @ApiProperty({ type: [PutAwayTaskView] })
  readonly tasks!: readonly PutAwayTaskView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class RefusedPutAwayView {
  @ApiProperty({ type: 'integer', description: 'Item of the request, or line of the task, from 1' })
  readonly line!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly binId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty()
  readonly code!: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Units that still fit into the bin' })
  readonly free?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Units that lie where they were to be taken from' })
  readonly available?: number;
}

export class PutAwayAnswer {
  @ApiProperty({ type: [PutAwayTaskView] })
  readonly tasks!: readonly PutAwayTaskView[];

  @ApiProperty({ type: [RefusedPutAwayView], description: 'What was not created, or not moved, beside that' })
  readonly refused!: readonly RefusedPutAwayView[];
}
