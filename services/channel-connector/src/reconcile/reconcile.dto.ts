import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsFlag, IsOneOf, PageQuery, Pagination } from '@holdfast/platform';
import { DRIFT_CLASSES, type DriftClass } from './classify.js';

export class ReconcileQuery {
  @IsFlag({ optional: true, query: true, description: 'Only say what differs: nothing is sent and nothing is written down' })
  readonly dryRun?: boolean;
}

export class DifferenceView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly listingId!: string;

  @ApiProperty({ type: 'integer', description: 'What we would send' })
  readonly ours!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the channel shows; null where it does not know the listing' })
  readonly theirs!: number | null;

  @ApiProperty({ enum: DRIFT_CLASSES })
  readonly class!: DriftClass;
}

export class ReconciledView {
  @ApiProperty()
  readonly dryRun!: boolean;

  @ApiProperty({ type: 'integer', description: 'Listings that were compared' })
  readonly compared!: number;

  @ApiProperty({ type: 'integer', description: 'Mapped listings that the channel did not tell' })
  readonly unread!: number;

  @ApiProperty({ type: 'integer', description: 'All of them, also those that are not shown here' })
  readonly differing!: number;

  @ApiProperty({ type: [DifferenceView] })
  readonly differences!: readonly DifferenceView[];

  @ApiProperty({
    type: 'integer',
    description:
      'Listings with a lower figure that may be a sale whose order the vendor does not list yet. They are decided once orders were polled a minute after the figure was found, or after `orderWithinSeconds` of the channel',
  })
  readonly waiting!: number;
}

export class KeptDifferenceView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly listingId!: string;

  @ApiProperty({ type: 'integer', description: "On hand at the channel's location here" })
  readonly ours!: number;

  @ApiProperty({ type: 'integer', description: 'What the channel keeps' })
  readonly theirs!: number;
}

/** Stock that the channel itself keeps and sells. */
export class KeptStockView {
  @ApiProperty({ description: 'Location of its units here: no reservation takes them, and no channel is told them' })
  readonly locationId!: string;

  @ApiProperty({ type: 'integer', description: 'SKUs whose stock it keeps' })
  readonly compared!: number;

  @ApiProperty({ type: 'integer' })
  readonly differing!: number;

  @ApiProperty({
    type: [KeptDifferenceView],
    description: 'Booked with the reason `channel_figure`, unless it is a dry run; at most 10,000',
  })
  readonly differences!: readonly KeptDifferenceView[];

  @ApiProperty({ type: [String], description: 'Listings for which there is no SKU here; at most 1,000' })
  readonly unknown!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'Why its stock could not be read; null where it was' })
  readonly says!: string | null;
}

export class PulledView extends ReconciledView {
  @ApiProperty({ type: KeptStockView, nullable: true, description: 'Null where channels of this kind keep no stock' })
  readonly kept!: KeptStockView | null;
}

export class DriftQuery extends PageQuery {
  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsOneOf(DRIFT_CLASSES, { optional: true })
  readonly class?: DriftClass;

  @IsFlag({ optional: true, query: true, description: 'true: only what still differs; false: only what was resolved' })
  readonly open?: boolean;
}

export class DriftView {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly listingId!: string;

  @ApiProperty({
    enum: DRIFT_CLASSES,
    description:
      'late: ours is on its way; lost: ours was taken and an older one shows; doubled: a change took effect twice; foreign_edit: set by somebody there; unmapped: the channel does not know the listing; vendor_lag: taken, and shown later',
  })
  readonly class!: DriftClass;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly expected!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly observed!: number | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly detectedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly resolvedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'How it ended, or what is being done about it' })
  readonly resolution!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Who saw that it ended' })
  readonly resolvedBy!: string | null;

  @ApiProperty({ type: 'integer', description: 'Milliseconds from when it was found until it was resolved, or until now' })
  readonly ageMs!: number;
}

export class DriftPage {
  @ApiProperty({ type: [DriftView] })
  readonly drift!: readonly DriftView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
