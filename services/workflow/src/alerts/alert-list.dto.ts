import type { LowStockAlert } from '@holdfast/contracts';
import { IsOneOf, IsSku, IsTime, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export const ALERT_TYPES: readonly LowStockAlert['kind'][] = ['low_stock', 'stock_out', 'recovered', 'oversell_risk'];

export class AlertsQuery extends PageQuery {
  @IsOneOf(ALERT_TYPES, { optional: true })
  readonly type?: LowStockAlert['kind'];

  @IsTime({ optional: true, description: 'Alerts of this time and later' })
  readonly since?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export class AlertView {
  @ApiProperty({ format: 'uuid', description: 'Of its message on the topic' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ enum: ALERT_TYPES })
  readonly type!: LowStockAlert['kind'];

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Where the alert is about one location' })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer', description: 'Units available; below 0 by what is not covered' })
  readonly available!: number;

  @ApiProperty({ type: 'integer' })
  readonly threshold!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Channel that sold what was not there' })
  readonly channelId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The channel's order that was sold" })
  readonly orderId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units of the order that were not there' })
  readonly uncoveredUnits!: number | null;
}

export class AlertsPage {
  @ApiProperty({ type: [AlertView] })
  readonly alerts!: readonly AlertView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
