import { IsChannelId, IsOneOf, IsSku, PageQuery } from '@holdfast/platform';
import type { SyncOperation } from './history.entity.js';
import { SYNC_OPERATIONS } from './history.entity.js';

export class HistoryQuery extends PageQuery {
  @IsOneOf(SYNC_OPERATIONS, { optional: true })
  readonly operation?: SyncOperation;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}
