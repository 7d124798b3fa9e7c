import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

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
    enum: ['ok', 'waiting', 'failing', 'gone'],
    description:
      'waiting: the channel wants fewer calls, and is called again at retryAt. gone: the receiver answered 410; nothing is sent until the channel is put again',
  })
  readonly status!: 'ok' | 'waiting' | 'failing' | 'gone';

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

export class MappedLocationView {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly remoteId!: string;
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

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Seconds after which a figure that the channel did not confirm again is stale; null for never',
  })
  readonly staleAfter!: number | null;

  @ApiProperty({ type: 'integer', description: 'Seconds between two comparisons of all its listings' })
  readonly reconcileEverySeconds!: number;

  @ApiProperty({ type: 'integer', description: 'Seconds that an order may come after its sale: so long a figure below ours may be a sale' })
  readonly orderWithinSeconds!: number;

  @ApiProperty({ type: PolicyView })
  readonly policy!: PolicyView;

  @ApiProperty({ type: SourcePolicyView })
  readonly sourcePolicy!: SourcePolicyView;

  @ApiProperty({ type: TtlView, nullable: true, description: 'Seconds; null where the limits of every reservation hold' })
  readonly ttl!: TtlView | null;

  @ApiPropertyOptional({ type: WebhookView, description: 'Of the provider webhook' })
  readonly webhook?: WebhookView;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly settings!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [String], description: 'Names of the credentials that are stored; their values are never answered' })
  readonly credentials!: readonly string[];

  @ApiProperty({ type: [MappedLocationView] })
  readonly locations!: readonly MappedLocationView[];

  @ApiProperty({ type: DeliveryView })
  readonly delivery!: DeliveryView;
}

export class ChannelsView {
  @ApiProperty({ type: [ChannelView] })
  readonly channels!: readonly ChannelView[];

  @ApiProperty({ type: [String], description: 'Kinds of channels that can be connected, as requests name them in `provider`' })
  readonly providers!: readonly string[];
}

export class ChannelCheckView {
  @ApiProperty({ enum: ['reachable', 'token', 'scopes', 'locations'] })
  readonly name!: string;

  @ApiProperty()
  readonly ok!: boolean;

  @ApiProperty({ description: 'What was seen, and what to do where it is not well' })
  readonly says!: string;
}

export class ChannelTestView {
  @ApiProperty({ type: [ChannelCheckView] })
  readonly checks!: readonly ChannelCheckView[];
}
