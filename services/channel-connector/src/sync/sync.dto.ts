import { IsListOf, IsQuantity, IsSku, MAX_BULK_LINES } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export class SyncItem {
  @IsSku()
  readonly sku!: string;

  @IsQuantity({ min: 0, optional: true, description: "Taken for compatibility and compared: what goes out is always the channel's ATP" })
  readonly quantity?: number;
}

export class SyncRequest {
  @IsListOf(() => SyncItem, {
    min: 0,
    max: MAX_BULK_LINES,
    optional: true,
    description: 'SKUs to push; all mapped ones when left out or empty',
  })
  readonly items?: SyncItem[];
}

export class SkippedSku {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ enum: ['mapping_missing', 'atp_unknown'] })
  readonly code!: 'mapping_missing' | 'atp_unknown';
}

export class DifferingSku {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer' })
  readonly requested!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class QueuedChannel {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty({ type: 'integer', description: 'Listings that are told now' })
  readonly queued!: number;

  @ApiProperty({ type: [SkippedSku] })
  readonly skipped!: readonly SkippedSku[];

  @ApiProperty({ type: [DifferingSku], description: 'SKUs for which the request named another quantity than the one that goes out' })
  readonly differing!: readonly DifferingSku[];
}

export class QueuedChannels {
  @ApiProperty({ type: [QueuedChannel] })
  readonly channels!: readonly QueuedChannel[];
}
