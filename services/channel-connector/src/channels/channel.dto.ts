import {
  IsAmount,
  IsFlag,
  IsListOf,
  IsLocationId,
  IsNested,
  IsObjectOfAnything,
  IsOneOf,
  IsQuantity,
  IsText,
  IsWholeNumber,
  MAX_TTL_SECONDS,
} from '@holdfast/platform';
import {
  MAX_CALLS_PER_SECOND,
  MAX_MAPPED_LOCATIONS,
  MAX_ORDER_WITHIN_S,
  MAX_RECONCILE_EVERY_S,
  MAX_STALE_AFTER_S,
  MIN_RECONCILE_EVERY_S,
  MIN_STALE_AFTER_S,
} from '../limits.js';
import { PROVIDERS } from '../providers/registry.js';
import { CONFLICT_STRATEGIES } from './channel-settings.js';
import type { ConflictStrategy } from './channel-settings.js';

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

export class MappedLocationRequest {
  @IsLocationId({ description: 'Our location; several may share one of the channel' })
  readonly locationId!: string;

  @IsText({ max: 200, description: 'How the channel names the place: location gid, ship node', example: 'gid://shopify/Location/1' })
  readonly remoteId!: string;
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

  @IsText({
    max: 50,
    optional: true,
    description: `Kind of channel: ${PROVIDERS.map(({ name }) => name).join(', ')}; default webhook. With another kind, settings and credentials begin anew`,
  })
  readonly provider?: string;

  @IsObjectOfAnything({
    optional: true,
    description: 'What the provider needs to find the account; see its guide. Fields that are left out stay as they are, null removes one',
    example: { shop: 'acme', apiVersion: '2026-07' },
  })
  readonly settings?: Readonly<Record<string, unknown>>;

  @IsObjectOfAnything({
    optional: true,
    description: 'Stored sealed and never answered. Fields that are left out stay as they are, null removes one',
    example: { clientId: 'abc', clientSecret: 'def' },
  })
  readonly credentials?: Readonly<Record<string, unknown>>;

  @IsListOf(() => MappedLocationRequest, {
    min: 0,
    max: MAX_MAPPED_LOCATIONS,
    optional: true,
    description: 'What the channel calls our locations; replaces the former list',
  })
  readonly locations?: MappedLocationRequest[];

  @IsFlag({ optional: true, description: 'Whether every change is pushed by itself; default true' })
  readonly syncInventory?: boolean;

  @IsOneOf(CONFLICT_STRATEGIES, { optional: true, description: 'Default master_wins' })
  readonly conflictStrategy?: ConflictStrategy;

  @IsWholeNumber({
    min: MIN_STALE_AFTER_S,
    max: MAX_STALE_AFTER_S,
    optional: true,
    description:
      'Seconds after which a figure that the channel did not confirm again is stale; default three times `reconcileEverySeconds` where the channel can be read',
    example: 10_800,
  })
  readonly staleAfter?: number;

  @IsWholeNumber({
    min: MIN_RECONCILE_EVERY_S,
    max: MAX_RECONCILE_EVERY_S,
    optional: true,
    description: 'Seconds between two comparisons of all its listings, where the channel can be read; default 3600',
    example: 3_600,
  })
  readonly reconcileEverySeconds?: number;

  @IsWholeNumber({
    min: 0,
    max: MAX_ORDER_WITHIN_S,
    optional: true,
    description:
      'Seconds that an order may come after its sale. A figure below ours counts as an edit after so long, or once orders were polled after it; default 1800',
    example: 1_800,
  })
  readonly orderWithinSeconds?: number;

  @IsNested(() => PolicyRequest, { optional: true })
  readonly policy?: PolicyRequest;

  @IsNested(() => SourcePolicyRequest, {
    optional: true,
    description: 'How reservations of this channel find their locations; default priority',
  })
  readonly sourcePolicy?: SourcePolicyRequest;

  @IsNested(() => TtlRequest, { optional: true, description: 'How long reservations of this channel live' })
  readonly ttl?: TtlRequest;

  @IsNested(() => WebhookRequest, {
    optional: true,
    description: 'Settings and secret of the provider webhook; needed for such a channel that is new',
  })
  readonly webhook?: WebhookRequest;
}
