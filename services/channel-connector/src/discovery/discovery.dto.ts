import { ApiProperty } from '@nestjs/swagger';
import { IsListOf, IsOneOf, IsSku, IsText, MAX_BULK_LINES, PageQuery, Pagination } from '@holdfast/platform';
import { MATCHES, type Match } from './match.js';

export class StartedDiscovery {
  @ApiProperty({ format: 'uuid' })
  readonly discoveryId!: string;
}

export class DiscoveryQuery extends PageQuery {
  @IsOneOf(MATCHES, { optional: true, description: 'Only listings that were matched so' })
  readonly match?: Match;
}

export class ProposedListingView {
  @ApiProperty({ description: 'As a mapping names it' })
  readonly listingId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The product that it seems to be' })
  readonly sku!: string | null;

  @ApiProperty({ enum: MATCHES, description: 'suspicious: alike, or not to be told figures; ambiguous: more than one is possible' })
  readonly match!: Match;

  @ApiProperty({ type: String, nullable: true })
  readonly says!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'SKU at the channel' })
  readonly channelSku!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly barcode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly title!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the channel shows' })
  readonly quantity!: number | null;
}

export class DiscoveryProgress {
  @ApiProperty({ type: 'integer' })
  readonly pages!: number;

  @ApiProperty({ type: 'integer', description: 'Listings read so far' })
  readonly found!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Listings of the channel, where it says so' })
  readonly total!: number | null;
}

export class DiscoveryView {
  @ApiProperty({ format: 'uuid' })
  readonly discoveryId!: string;

  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty({ enum: ['running', 'done', 'failed'] })
  readonly status!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed, or why it cannot go on now; it is tried again for a day' })
  readonly error!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;

  @ApiProperty({ type: DiscoveryProgress })
  readonly progress!: DiscoveryProgress;

  @ApiProperty({ type: [ProposedListingView] })
  readonly listings!: readonly ProposedListingView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class AcceptedListing {
  @IsText({ max: 300, description: 'One of the discovery' })
  readonly listingId!: string;

  @IsSku({ optional: true, description: 'Default: the proposal; needed where there is none' })
  readonly sku?: string;
}

export class AcceptRequest {
  @IsListOf(() => AcceptedListing, {
    min: 1,
    max: MAX_BULK_LINES,
    optional: true,
    description: 'Listings to map; all that were matched by SKU or barcode when left out',
  })
  readonly listings?: AcceptedListing[];
}
