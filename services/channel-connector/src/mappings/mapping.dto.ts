import { IsIdentifier, IsListOf, IsOneOf, IsSku, IsText, MAX_BULK_LINES, PageQuery, Pagination } from '@holdfast/platform';
import { CONFLICT_STRATEGIES } from '../channels/channel-settings.js';
import type { ConflictStrategy } from '../channels/channel-settings.js';
import { ApiProperty } from '@nestjs/swagger';
import type { ListingStatus } from './listing-status.js';

export class MappingRequest {
  @IsSku()
  readonly sku!: string;

  @IsText({ nullable: true, description: 'How the channel names it (variant id, ASIN, item number); null takes the SKU off the channel' })
  readonly listingId!: string | null;

  @IsOneOf(CONFLICT_STRATEGIES, { optional: true, description: "Default: the channel's" })
  readonly conflictStrategy?: ConflictStrategy;
}

export class PutMappingsRequest {
  @IsListOf(() => MappingRequest, { min: 0, max: MAX_BULK_LINES })
  readonly mappings!: MappingRequest[];

  @IsOneOf(['upsert', 'replace'], {
    optional: true,
    description: 'replace takes every SKU that is not named off the channel; default upsert',
  })
  readonly mode?: 'upsert' | 'replace';
}

export class MappingQuery extends PageQuery {
  @IsIdentifier({ optional: true })
  readonly sku?: string;

  @IsOneOf(['ok', 'stale', 'error', 'conflict'], { optional: true })
  readonly status?: 'ok' | 'stale' | 'error' | 'conflict';
}

export class MappingView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly listingId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly conflictStrategy!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the channel was last told' })
  readonly quantity!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSync!: string | null;

  @ApiProperty({ enum: ['ok', 'stale', 'error', 'conflict', 'unmapped'] })
  readonly status!: ListingStatus;

  @ApiProperty({ type: String, nullable: true })
  readonly error!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The open conflict about its figure, which waits to be resolved' })
  readonly conflictId!: string | null;
}

export class MappingsView {
  @ApiProperty({ type: [MappingView] })
  readonly mappings!: readonly MappingView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class MappingChange {
  @ApiProperty({ type: 'integer' })
  readonly mapped!: number;

  @ApiProperty({ type: 'integer' })
  readonly removed!: number;
}
