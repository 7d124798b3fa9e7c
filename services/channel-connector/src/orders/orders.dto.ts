import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsOneOf, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { MAX_VENDOR_ID_LENGTH } from '../limits.js';
import { ORDER_STATUSES, type OrderStatus } from './line-status.js';

export class OrdersQuery extends PageQuery {
  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsOneOf(ORDER_STATUSES, { optional: true, description: 'Orders with at least what needs attention: an order is its most urgent line' })
  readonly status?: OrderStatus;
}

/** Ids of orders and lines are the channel's, with any characters: so they come in the body. */
export class TakeAgainRequest {
  @IsChannelId()
  readonly channelId!: string;

  @IsText({ max: MAX_VENDOR_ID_LENGTH, description: "The channel's", example: 'gid://shopify/Order/1' })
  readonly orderId!: string;

  @IsText({ max: MAX_VENDOR_ID_LENGTH, description: "The channel's", example: 'gid://shopify/LineItem/1' })
  readonly lineId!: string;
}

const whole = (description: string): PropertyDecorator => ApiProperty({ type: 'integer', description });

export class TakenFromView {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class ChannelOrderLineView {
  @ApiProperty()
  readonly lineId!: string;

  @ApiProperty()
  readonly listingId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null while no SKU is mapped to the listing' })
  readonly sku!: string | null;

  @whole('Units ordered')
  readonly ordered!: number;

  @whole('Of these, units cancelled before they were shipped')
  readonly cancelled!: number;

  @whole('Units refunded and for sale again')
  readonly restocked!: number;

  @whole('Units refunded and not for sale again')
  readonly lost!: number;

  @whole('Units sold that were not there')
  readonly uncovered!: number;

  @ApiProperty({ type: [TakenFromView], description: 'Where the units that are sold were taken from' })
  readonly takenFrom!: readonly TakenFromView[];

  @ApiProperty({ enum: ORDER_STATUSES })
  readonly status!: OrderStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is not taken, in words' })
  readonly says!: string | null;
}

export class ChannelOrderView {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({ format: 'date-time', description: 'By the channel' })
  readonly orderedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When the channel first told of it' })
  readonly receivedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When the channel last told something new of it' })
  readonly updatedAt!: string;

  @ApiProperty({ enum: ORDER_STATUSES })
  readonly status!: OrderStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it could not be worked on; it is tried again' })
  readonly fault!: string | null;

  @ApiProperty({ type: [ChannelOrderLineView] })
  readonly lines!: readonly ChannelOrderLineView[];
}

export class ChannelOrdersPage {
  @ApiProperty({ type: [ChannelOrderView] })
  readonly orders!: readonly ChannelOrderView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
