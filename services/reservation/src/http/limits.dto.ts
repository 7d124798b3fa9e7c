import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsIdentifierList, IsListOf, IsNested, IsQuantity, IsWholeNumber } from '@holdfast/platform';

const MAX_CHANNELS = 1_000;

export class AllocationRequest {
  @IsChannelId()
  readonly channelId!: string;

  @IsQuantity({ min: 0, optional: true, description: 'Most units that the channel may hold or have committed since this was first set' })
  readonly cap?: number;

  @IsQuantity({ min: 0, optional: true, description: 'Units protected from all others, as far as the channel has not taken them' })
  readonly floor?: number;

  @IsQuantity({ min: 1, optional: true, description: 'Most units that one holder may have open where it buys through this channel' })
  readonly holderUnits?: number;
}

const MAX_GRACE_SECONDS = 366 * 86_400;

export class BackordersRequest {
  @IsQuantity({ min: 0, description: 'Most units that may wait for deliveries at once' })
  readonly units!: number;

  @IsWholeNumber({
    min: 0,
    max: MAX_GRACE_SECONDS,
    optional: true,
    description: 'A delivery so much later than expected counts as not coming; seven days when not given',
  })
  readonly graceSeconds?: number;

  @IsIdentifierList({ max: MAX_CHANNELS, optional: true, description: 'Only reservations of these channels may wait; any when not given' })
  readonly channels?: string[];
}

export class SkuLimitsRequest {
  @IsQuantity({ min: 0, optional: true, description: 'Reservations may exceed on hand by so many units; none when not given' })
  readonly overbookingUnits?: number;

  @IsQuantity({ min: 1, optional: true, description: 'Most units that one holder may have open' })
  readonly holderUnits?: number;

  @IsNested(() => BackordersRequest, {
    optional: true,
    description: 'Whether reservations may wait for deliveries; none may when not given',
  })
  readonly backorders?: BackordersRequest;

  @IsListOf(() => AllocationRequest, { min: 0, max: MAX_CHANNELS, optional: true })
  readonly channels?: AllocationRequest[];
}

export class AllocationAnswer {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty({ type: 'integer', required: false })
  readonly cap?: number;

  @ApiProperty({ type: 'integer' })
  readonly floor!: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly holderUnits?: number;

  @ApiProperty({ type: 'integer', description: 'Units that open reservations of the channel hold' })
  readonly open!: number;

  @ApiProperty({ type: 'integer', description: 'Units committed since the allocation was first set' })
  readonly committed!: number;

  @ApiProperty({ type: 'integer', description: 'Of the floor, still kept from all others' })
  readonly protectedUnits!: number;
}

export class BackordersAnswer {
  @ApiProperty({ type: 'integer' })
  readonly units!: number;

  @ApiProperty({ type: 'integer' })
  readonly graceSeconds!: number;

  @ApiProperty({ type: [String], required: false })
  readonly channels?: readonly string[];

  @ApiProperty({ type: 'integer', description: 'Units that wait now' })
  readonly waiting!: number;
}

export class SkuLimitsAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer' })
  readonly overbookingUnits!: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly holderUnits?: number;

  @ApiProperty({ type: BackordersAnswer, required: false })
  readonly backorders?: BackordersAnswer;

  @ApiProperty({ type: () => [AllocationAnswer] })
  readonly channels!: readonly AllocationAnswer[];
}
