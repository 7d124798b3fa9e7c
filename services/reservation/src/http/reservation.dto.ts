import {
  DEFAULT_TTL_SECONDS,
  IsAmount,
  IsChannelId,
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsNested,
  IsOrderId,
  IsQuantity,
  IsSku,
  IsText,
  IsTime,
  IsWholeNumber,
  MAX_ORDER_LINES,
  MAX_TTL_SECONDS,
} from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

const SOLD_AT =
  'When the units were sold, where that was before the request, as with sales made offline; of the last 31 days. A count made later has them as sold';
const ttlBounds = { min: 1, max: MAX_TTL_SECONDS } as const;

export class LineRequest {
  @IsSku()
  readonly sku!: string;

  @IsQuantity({ description: 'Units', example: 2 })
  readonly quantity!: number;
}

/** Where an order is to go: coordinates, or a country with a postal code, or a region of the tenant's own. */
export class DestinationRequest {
  @IsAmount({ min: -90, max: 90, optional: true, description: 'Degrees, north positive; with longitude', example: 52.52 })
  readonly latitude?: number;

  @IsAmount({ min: -180, max: 180, optional: true, description: 'Degrees, east positive; with latitude', example: 13.405 })
  readonly longitude?: number;

  @IsText({ max: 2, pattern: /^[A-Z]{2}$/, optional: true, description: 'ISO 3166-1, two letters', example: 'DE' })
  readonly country?: string;

  @IsText({ max: 20, optional: true, description: 'With country', example: '10115' })
  readonly postalCode?: string;

  @IsText({ max: 100, optional: true, description: 'As the locations call it', example: 'north' })
  readonly region?: string;
}

export class ReserveRequest {
  @IsListOf(() => LineRequest, { max: MAX_ORDER_LINES, description: 'Lines of one SKU are added up before anything is decided' })
  readonly items!: LineRequest[];

  @IsOrderId()
  readonly orderId!: string;

  @IsWholeNumber({
    ...ttlBounds,
    optional: true,
    description: `Seconds that the units stay held, within the bounds of the channel; its default, or ${DEFAULT_TTL_SECONDS}, when not given`,
    example: 900,
  })
  readonly ttl?: number;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsLocationId({ optional: true, description: 'Only this location may serve the order' })
  readonly locationId?: string;

  @IsNested(() => DestinationRequest, {
    optional: true,
    description: 'Where it is to go, for channels that choose locations by it; not kept',
  })
  readonly destination?: DestinationRequest;

  @IsIdentifier({
    optional: true,
    description: 'Customer or session that the units are for; what it has open may be limited',
    example: 'customer-7',
  })
  readonly holderId?: string;

  @IsFlag({ optional: true, description: 'Hold what there is instead of all or nothing' })
  readonly partial?: boolean;

  @IsFlag({
    optional: true,
    description: 'What is missing may wait for announced deliveries, where the SKU allows it; for orders of one SKU',
  })
  readonly backorder?: boolean;

  @IsTime({ optional: true, description: `${SOLD_AT}. Commits that say none take it over`, example: '2026-11-02T13:05:00Z' })
  readonly soldAt?: string;
}

export class LotUnitsRequest {
  @IsIdentifier()
  readonly lotId!: string;

  @IsQuantity({ description: 'Units', example: 2 })
  readonly quantity!: number;
}

const LOTS = {
  max: 100,
  optional: true,
  description: 'Lots that the units are of, whatever expires first; those that are not named are chosen by expiry',
} as const;
const UNCOVERED = {
  optional: true,
  description: 'The units are there although by what is recorded fewer may leave, as where a figure of an ERP is too low for a while',
} as const;

export class CommitLineRequest extends LineRequest {
  @IsListOf(() => LotUnitsRequest, LOTS)
  readonly lots?: LotUnitsRequest[];

  @IsFlag(UNCOVERED)
  readonly allowUncovered?: boolean;
}

export class CommitRequest {
  @IsListOf(() => CommitLineRequest, {
    max: MAX_ORDER_LINES,
    optional: true,
    description: 'Commit these units only; all that is held when not given',
  })
  readonly lines?: CommitLineRequest[];

  @IsListOf(() => LotUnitsRequest, { ...LOTS, description: `${LOTS.description}; for a reservation of one SKU, where no lines are sent` })
  readonly lots?: LotUnitsRequest[];

  @IsFlag({ ...UNCOVERED, description: `Of every line: ${UNCOVERED.description}` })
  readonly allowUncovered?: boolean;

  @IsTime({ optional: true, description: `${SOLD_AT}. What the reservation says when not given`, example: '2026-11-02T13:05:00Z' })
  readonly soldAt?: string;
}

export class ReleaseRequest {
  @IsListOf(() => LineRequest, {
    max: MAX_ORDER_LINES,
    optional: true,
    description: 'Let these units go only; all that is held when not given',
  })
  readonly lines?: LineRequest[];
}

export class ExtendRequest {
  @IsWholeNumber({ ...ttlBounds, description: 'New time to live in seconds, counted from now', example: 900 })
  readonly ttl!: number;
}

export class SourceAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ description: 'Why this location was chosen', example: 'priority 10' })
  readonly because!: string;
}

export class WaitingAnswer {
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'When the last of them is expected as things stand; missing where too little is to come',
  })
  readonly expectedAt?: string;
}

export class LineAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Units asked for' })
  readonly requested!: number;

  @ApiProperty({ type: 'integer', description: 'Units held at first, and those that waited and came since' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, committed so far' })
  readonly committed!: number;

  @ApiProperty({
    type: 'integer',
    required: false,
    description: 'Units let go of in parts before the reservation ended; what its end itself sets free is not counted',
  })
  readonly released?: number;

  @ApiProperty({ type: () => [SourceAnswer] })
  readonly sources!: readonly SourceAnswer[];

  @ApiProperty({ type: WaitingAnswer, required: false, description: 'Units that wait for supply' })
  readonly waiting?: WaitingAnswer;
}

export class ReservationAnswer {
  @ApiProperty()
  readonly reservationId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({
    enum: ['pending', 'waiting', 'held', 'committing', 'committed', 'releasing', 'released', 'expiring', 'expired', 'refused'],
  })
  readonly status!: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ type: () => [LineAnswer] })
  readonly lines!: readonly LineAnswer[];
}
