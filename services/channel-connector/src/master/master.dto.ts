import { IsFlag, IsIdentifierList, IsLocationId, IsQuantity, IsText, MAX_REASON_LENGTH } from '@holdfast/platform';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ListingStatus } from '../mappings/listing-status.js';

export class UpdateMasterRequest {
  @IsQuantity({ min: 0, description: 'The new on-hand quantity' })
  readonly quantity!: number;

  @IsFlag({ optional: true, description: 'Tell every channel, also those whose automatic sync is off' })
  readonly syncToChannels?: boolean;

  @IsText({ max: MAX_REASON_LENGTH, optional: true, description: 'Kept in the history and in the event', example: 'warehouse count' })
  readonly reason?: string;

  @IsLocationId({ optional: true, description: 'Needed where the SKU lies in several locations' })
  readonly locationId?: string;
}

export class MasterLocationView {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer' })
  readonly available!: number;
}

export class MasterView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'On hand over all locations' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer' })
  readonly available!: number;

  @ApiProperty({ description: 'False while only a count or an ERP message has named the SKU' })
  readonly verified!: boolean;

  @ApiProperty({ type: [MasterLocationView] })
  readonly locations!: readonly MasterLocationView[];
}

export class UpdatedMaster extends MasterView {
  @ApiProperty({ description: 'Where the quantity was set' })
  readonly locationId!: string;

  @ApiProperty({ type: [String], description: 'Channels that are told because the request asked for it' })
  readonly syncedChannels!: readonly string[];
}

export class ChannelFigure {
  @ApiProperty({ type: 'integer', nullable: true, description: 'What the channel was last told; null when nothing yet' })
  readonly quantity!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'What the channel was last seen showing, or confirmed; null when nothing is known',
  })
  readonly shown!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the channel was last told' })
  readonly lastSync!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When `shown` was last confirmed by the channel' })
  readonly confirmedAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Position of the event log that the newest confirmed figure reflects; null where none was confirmed yet',
  })
  readonly confirmedPosition!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: "Milliseconds since then; beyond the channel's `staleAfter` the status is stale",
  })
  readonly ageMs!: number | null;

  @ApiProperty({ enum: ['ok', 'stale', 'error', 'conflict', 'unmapped'] })
  readonly status!: ListingStatus;
}

@ApiExtraModels(ChannelFigure)
export class AcrossChannels {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'On hand over all locations' })
  readonly master!: number;

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(ChannelFigure) } })
  readonly channels!: Readonly<Record<string, ChannelFigure>>;
}

/** SKUs that one request may ask for. */
const MAX_SKUS = 100;

export class ChannelsOfManyRequest {
  @IsIdentifierList({ max: MAX_SKUS, description: 'SKUs' })
  readonly skus!: string[];
}

@ApiExtraModels(ChannelFigure)
export class ChannelsOfSku {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(ChannelFigure) } })
  readonly channels!: Readonly<Record<string, ChannelFigure>>;
}

export class ChannelsOfMany {
  @ApiProperty({ type: [ChannelsOfSku], description: 'In the order of the request' })
  readonly items!: readonly ChannelsOfSku[];
}
