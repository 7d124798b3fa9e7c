import type { ChannelAlert, ErpAlert, LowStockAlert } from '@holdfast/contracts';
import { IsOneOf, IsSku, IsTime, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export type AlertType = LowStockAlert['kind'] | ChannelAlert['kind'] | ErpAlert['kind'];

export const ALERT_TYPES: readonly AlertType[] = [
  'low_stock',
  'stock_out',
  'recovered',
  'oversell_risk',
  'sync_failing',
  'sync_recovered',
  'drift',
  'drift_recovered',
  'erp_silent',
  'erp_recovered',
];

export class AlertsQuery extends PageQuery {
  @IsOneOf(ALERT_TYPES, { optional: true })
  readonly type?: AlertType;

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
  readonly type!: AlertType;

  @ApiProperty({ type: String, nullable: true, description: 'Null in alerts about a channel or an ERP' })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the alert is about one location' })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units available; below 0 by what is not covered' })
  readonly available!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly threshold!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Channel that sold what was not there, or that needs attention' })
  readonly channelId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'ERP connection that is not read' })
  readonly connectionId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The channel's order that was sold" })
  readonly orderId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units of the order that were not there' })
  readonly uncoveredUnits!: number | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Of a channel: when it was first seen; of an ERP: when it was read last',
  })
  readonly since!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why telling the channel fails, or the ERP cannot be read' })
  readonly says!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Calls of the channel in a row that failed' })
  readonly failures!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Open entries of the drift ledger that nothing of ours explains' })
  readonly openEntries!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the oldest open entry was found' })
  readonly oldestAt!: string | null;
}

export class AlertsPage {
  @ApiProperty({ type: [AlertView] })
  readonly alerts!: readonly AlertView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
