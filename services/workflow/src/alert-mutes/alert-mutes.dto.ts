import { IsChannelId, IsIdentifier, IsLocationId, IsOneOf, IsSku, IsText, IsTime } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ALERT_TYPES, type AlertType } from '../alerts/alert-list.dto.js';

export class PutMuteRequest {
  @IsOneOf(ALERT_TYPES, { optional: true, description: 'Alerts of this type, and those that tell its end' })
  readonly type?: AlertType;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsIdentifier({ optional: true, description: 'ERP connection' })
  readonly connectionId?: string;

  @IsTime({ description: 'Until then no webhook is told; at most 366 days ahead' })
  readonly until!: string;

  @IsText({ max: 500, optional: true })
  readonly reason?: string;
}

export class MuteView {
  @ApiProperty()
  readonly muteId!: string;

  @ApiProperty({ enum: ALERT_TYPES, nullable: true })
  readonly type!: AlertType | null;

  @ApiProperty({ type: String, nullable: true })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly locationId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly channelId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly connectionId!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly until!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty()
  readonly createdBy!: string;
}

export class MutesView {
  @ApiProperty({ type: [MuteView] })
  readonly mutes!: readonly MuteView[];
}
