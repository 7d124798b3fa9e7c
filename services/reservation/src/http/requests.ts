import {
  DEFAULT_TTL_SECONDS,
  IsChannelId,
  IsFlag,
  IsListOf,
  IsLocationId,
  IsOrderId,
  IsQuantity,
  IsSku,
  IsWholeNumber,
  MAX_ORDER_LINES,
  MAX_TTL_SECONDS,
} from '@holdfast/platform';

const ttlBounds = { min: 1, max: MAX_TTL_SECONDS } as const;

export class LineRequest {
  @IsSku()
  readonly sku!: string;

  @IsQuantity({ description: 'Units', example: 2 })
  readonly quantity!: number;
}

export class ReserveRequest {
  @IsListOf(() => LineRequest, { max: MAX_ORDER_LINES, description: 'Lines of one SKU are added up before anything is decided' })
  readonly items!: LineRequest[];

  @IsOrderId()
  readonly orderId!: string;

  @IsWholeNumber({
    ...ttlBounds,
    optional: true,
    description: `Seconds that the units stay held; ${DEFAULT_TTL_SECONDS} when not given`,
    example: 900,
  })
  readonly ttl?: number;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsLocationId({ optional: true, description: 'Only this location may serve the order' })
  readonly locationId?: string;

  @IsFlag({ optional: true, description: 'Hold what there is instead of all or nothing' })
  readonly partial?: boolean;
}

export class CommitRequest {
  @IsListOf(() => LineRequest, {
    max: MAX_ORDER_LINES,
    optional: true,
    description: 'Commit these units only; all that is held when not given',
  })
  readonly lines?: LineRequest[];
}

export class ExtendRequest {
  @IsWholeNumber({ ...ttlBounds, description: 'New time to live in seconds, counted from now', example: 900 })
  readonly ttl!: number;
}
