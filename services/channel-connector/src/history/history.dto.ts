import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsFlag, IsOneOf, IsSku, PageQuery, Pagination } from '@holdfast/platform';
import type { SyncOperation, SyncOutcome } from './history.entity.js';
import { SYNC_OPERATIONS } from './history.entity.js';

export class HistoryQuery extends PageQuery {
  @IsOneOf(SYNC_OPERATIONS, { optional: true })
  readonly operation?: SyncOperation;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsFlag({
    optional: true,
    query: true,
    description: 'Of conflicts. true: only those that wait for a decision; false: only those decided',
  })
  readonly open?: boolean;
}

export class HistoryView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ enum: SYNC_OPERATIONS })
  readonly operation!: SyncOperation;

  @ApiProperty({ enum: ['ok', 'error', 'skipped'] })
  readonly outcome!: SyncOutcome;

  @ApiProperty({ type: String, nullable: true })
  readonly channelId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly listingId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly quantity!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly version!: number | null;

  @ApiProperty({ type: String, nullable: true })
  readonly detail!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of a conflict: what the channel showed; `quantity` is ours' })
  readonly observed!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of a conflict: what it is resolved by' })
  readonly conflictId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly actor!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly occurrences!: number;
}

export class HistoryPageView {
  @ApiProperty({ type: [HistoryView] })
  readonly history!: readonly HistoryView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
