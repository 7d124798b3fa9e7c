import {
  IsAmount,
  IsFlag,
  IsNested,
  IsObjectOfAnything,
  IsOneOf,
  IsQuantity,
  IsText,
  IsWholeNumber,
  MAX_TTL_SECONDS,
} from '@holdfast/platform';
import { MAX_CALLS_PER_SECOND } from '../limits.js';
import { CONFLICT_STRATEGIES, PROVIDERS } from './channel-settings.js';
import type { ConflictStrategy, Provider } from './channel-settings.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const MAX_URL_LENGTH = 2_000;

export class PolicyRequest {
  @IsQuantity({ min: 0, optional: true, description: 'Units per location kept from this channel' })
  readonly bufferUnits?: number;

  @IsAmount({ min: 0, max: 100, optional: true, description: "Per cent of a location's units kept from this channel" })
  readonly bufferPercent?: number;

  @IsQuantity({ min: 0, optional: true, description: 'At or below so many promised units: LOW' })
  readonly lowThreshold?: number;

  @IsQuantity({ min: 0, optional: true, description: 'At or below so many promised units: CRITICAL' })
  readonly criticalThreshold?: number;
}

export class SourcePolicyRequest {
  @IsText({
    max: 100,
    description: 'priority, nearest, ship-from-store, regional-hub, fewest-splits, or one that was added by code',
    example: 'nearest',
  })
  readonly name!: string;

  @IsObjectOfAnything({ optional: true, description: 'What the policy understands', example: { splits: 'accept' } })
  readonly options?: Readonly<Record<string, unknown>>;
}

const ttlBounds = { min: 1, max: MAX_TTL_SECONDS } as const;

export class TtlRequest {
  @IsWholeNumber({ ...ttlBounds, description: 'Seconds, of a reservation that names none', example: 600 })
  readonly default!: number;

  @IsWholeNumber({ ...ttlBounds, description: 'Shortest allowed, in seconds', example: 60 })
  readonly least!: number;

  @IsWholeNumber({ ...ttlBounds, description: 'Longest allowed, in seconds', example: 3600 })
  readonly most!: number;
}

export class WebhookRequest {
  @IsText({
    max: MAX_URL_LENGTH,
    description: 'Where updates are posted to, http or https',
    example: 'https://shop.example/hooks/inventory',
  })
  readonly url!: string;

  @IsText({
    max: 200,
    optional: true,
    description: 'Signing secret, whsec_ and the base64 of 24 to 64 bytes; made when left out, and then shown once',
  })
  readonly secret?: string;

  @IsWholeNumber({ min: 1, max: MAX_CALLS_PER_SECOND, optional: true, description: 'Most calls a second' })
  readonly callsPerSecond?: number;
}

/** Of a channel that exists, what is left out stays as it is. */
export class PutChannelRequest {
  @IsText({ optional: true, description: 'Name for people; the id when never given' })
  readonly name?: string;

  @IsText({
    max: 50,
    optional: true,
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    description: 'Kind of channel, e.g. E_COMMERCE',
    example: 'E_COMMERCE',
  })
  readonly channelType?: string;

  @IsOneOf(PROVIDERS, { optional: true })
  readonly provider?: Provider;

  @IsFlag({ optional: true, description: 'Whether every change is pushed by itself; default true' })
  readonly syncInventory?: boolean;

  @IsOneOf(CONFLICT_STRATEGIES, { optional: true, description: 'Default master_wins' })
  readonly conflictStrategy?: ConflictStrategy;

  @IsNested(() => PolicyRequest, { optional: true })
  readonly policy?: PolicyRequest;

  @IsNested(() => SourcePolicyRequest, {
    optional: true,
    description: 'How reservations of this channel find their locations; default priority',
  })
  readonly sourcePolicy?: SourcePolicyRequest;

  @IsNested(() => TtlRequest, { optional: true, description: 'How long reservations of this channel live' })
  readonly ttl?: TtlRequest;

  @IsNested(() => WebhookRequest, { optional: true, description: 'Needed for a channel that is new' })
  readonly webhook?: WebhookRequest;
}

/** How much of the stock a channel is shown. */
export class PolicyView {
  @ApiProperty()
  readonly policyId!: string;

  @ApiProperty({ type: 'integer' })
  readonly bufferUnits!: number;

  @ApiProperty()
  readonly bufferPercent!: number;

  @ApiProperty({ type: 'integer' })
  readonly lowThreshold!: number;

  @ApiProperty({ type: 'integer' })
  readonly criticalThreshold!: number;
}

export class SourcePolicyView {
  @ApiProperty()
  readonly name!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly options?: Readonly<Record<string, unknown>>;
}

/** In seconds. */
export class TtlView {
  @ApiProperty()
  readonly default!: number;

  @ApiProperty()
  readonly least!: number;

  @ApiProperty()
  readonly most!: number;
}

export class WebhookView {
  @ApiProperty()
  readonly url!: string;

  @ApiProperty()
  readonly callsPerSecond!: number;

  @ApiProperty({ required: false, description: 'Only in the answer to the request that made it' })
  readonly secret?: string;
}

export class DeliveryView {
  @ApiProperty({
    enum: ['ok', 'failing', 'gone'],
    description: 'gone: the receiver answered 410; nothing is sent until the channel is put again',
  })
  readonly status!: 'ok' | 'failing' | 'gone';

  @ApiProperty({ type: 'integer' })
  readonly failures!: number;

  @ApiProperty({ type: 'integer', description: 'Listings that wait to be told' })
  readonly due!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSuccess!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly error!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly retryAt!: string | null;
}

export class ChannelView {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ description: 'False: it promises nothing and takes no reservations' })
  readonly enabled!: boolean;

  @ApiProperty()
  readonly channelType!: string;

  @ApiProperty()
  readonly provider!: string;

  @ApiProperty()
  readonly syncInventory!: boolean;

  @ApiProperty()
  readonly conflictStrategy!: string;

  @ApiProperty({ type: PolicyView })
  readonly policy!: PolicyView;

  @ApiProperty({ type: SourcePolicyView })
  readonly sourcePolicy!: SourcePolicyView;

  @ApiProperty({ type: TtlView, nullable: true, description: 'Seconds; null where the limits of every reservation hold' })
  readonly ttl!: TtlView | null;

  @ApiProperty({ type: WebhookView })
  readonly webhook!: WebhookView;

  @ApiProperty({ type: DeliveryView })
  readonly delivery!: DeliveryView;
}

export class ChannelsView {
  @ApiProperty({ type: [ChannelView] })
  readonly channels!: readonly ChannelView[];
}
