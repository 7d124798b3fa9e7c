import type { ChannelAlert, ErpAlert, LowStockAlert, WarehouseAlert } from '@holdfast/contracts';
import { IsFlag, IsLocationId, IsOneOf, IsSku, IsText, IsTime, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export type AlertType = LowStockAlert['kind'] | ChannelAlert['kind'] | ErpAlert['kind'] | WarehouseAlert['kind'];

export const ALERT_TYPES: readonly AlertType[] = [
  'low_stock',
  'stock_out',
  'back_in_stock',
  'recovered',
  'oversell_risk',
  'promise_uncovered',
  'sync_failing',
  'sync_recovered',
  'drift',
  'drift_recovered',
  'erp_silent',
  'erp_recovered',
  'expiring_soon',
  'expired_stock',
  'lot_discrepancy',
  'count_overdue',
  'put_away_overdue',
  'request_waiting',
  'request_reservation_lost',
  'replenishment_failed',
];

export class AlertsQuery extends PageQuery {
  @IsOneOf(ALERT_TYPES, { optional: true })
  readonly type?: AlertType;

  @IsTime({ optional: true, description: 'Alerts of this time and later' })
  readonly since?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsLocationId({ optional: true, description: 'Alerts about this location' })
  readonly locationId?: string;

  @IsFlag({ optional: true, query: true, description: 'Whether somebody has acknowledged it' })
  readonly acknowledged?: boolean;
}

export class AcknowledgeRequest {
  @IsText({ max: 500, optional: true })
  readonly note?: string;
}

export class AlertView {
  @ApiProperty({ format: 'uuid', description: 'Of its message on the topic' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ enum: ALERT_TYPES })
  readonly type!: AlertType;

  @ApiProperty({ description: 'What it is about: a SKU, a channel, an ERP connection, a document, or a lot of a SKU at a location' })
  readonly subject!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'After the change: units available, units, lines or days of a trouble, failed calls, or open differences',
  })
  readonly figure!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null in alerts about a channel, an ERP or a document' })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the alert is about one location' })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units available; below 0 by what is not covered' })
  readonly available!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly threshold!: number | null;

  @ApiProperty({ type: String, nullable: true, description: "Rule that has the threshold; null: the product's own or the usual one" })
  readonly ruleId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What is over, in `recovered`' })
  readonly recoveredFrom!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Changes before this one that were not told, because the same was told less than 15 minutes before',
  })
  readonly suppressed!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Channel that sold what was not there, or that needs attention' })
  readonly channelId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'ERP connection that is not read' })
  readonly connectionId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The channel's order that was sold" })
  readonly orderId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units promised that cannot be kept: of the order, or of the location' })
  readonly uncoveredUnits!: number | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Of a trouble: when it began; of an ERP: when it was read last',
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

  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'When the lot expires' })
  readonly expiryDate!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Count batch, put-away task, stock request or order of replenishment' })
  readonly documentId!: string | null;

  @ApiProperty({ description: 'Whether webhooks are not told of it, because of a mute' })
  readonly muted!: boolean;

  @ApiProperty({ type: String, nullable: true })
  readonly acknowledgedBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly acknowledgedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of who acknowledged it' })
  readonly note!: string | null;
}

export class AlertsPage {
  @ApiProperty({ type: [AlertView] })
  readonly alerts!: readonly AlertView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
