import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsOneOf, IsSku, IsTime, PageQuery, Pagination } from '@holdfast/platform';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export class DemandQuery extends PageQuery {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsTime({ optional: true, description: 'Ordered at or after' })
  readonly from?: string;

  @IsTime({ optional: true, description: 'Ordered before' })
  readonly to?: string;

  @IsOneOf(PERIODS, { optional: true, description: 'Of UTC; weeks begin on Monday. Default day' })
  readonly period?: Period;
}

export class DemandView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ format: 'date-time', description: 'Begin of the period' })
  readonly periodStart!: string;

  @ApiProperty({ type: 'integer', description: 'Units ordered, those of cancelled lines left out' })
  readonly ordered!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, shipped' })
  readonly shipped!: number;

  @ApiProperty({ type: 'integer', description: 'Units of cancelled lines' })
  readonly cancelled!: number;

  @ApiProperty({ type: 'integer', description: 'Lines, cancelled ones left out' })
  readonly lines!: number;
}

export class DemandAnswer {
  @ApiProperty({ type: [DemandView], description: 'By SKU, then by time; periods without a line are left out' })
  readonly demand!: readonly DemandView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
