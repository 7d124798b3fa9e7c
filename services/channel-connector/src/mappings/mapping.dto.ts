import { IsIdentifier, IsListOf, IsOneOf, IsSku, IsText, MAX_BULK_LINES, PageQuery } from '@holdfast/platform';
import { CONFLICT_STRATEGIES } from '../channels/channel-settings.js';
import type { ConflictStrategy } from '../channels/channel-settings.js';

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

  @IsOneOf(['ok', 'stale', 'error'], { optional: true })
  readonly status?: 'ok' | 'stale' | 'error';
}
