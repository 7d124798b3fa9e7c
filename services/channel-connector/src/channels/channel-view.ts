import type { ChannelPolicy, ChannelTtl, KnownChannel, SourceRule } from '@holdfast/inventory';
import type { ChannelEntity } from './channel.entity.js';

export interface ChannelView {
  readonly channelId: string;
  readonly name: string;
  /** False: it promises nothing and takes no reservations. */
  readonly enabled: boolean;
  readonly channelType: string;
  readonly provider: string;
  readonly syncInventory: boolean;
  readonly conflictStrategy: string;
  readonly policy: ChannelPolicy;
  readonly sourcePolicy: SourceRule;
  /** Seconds; `null` where the limits of every reservation hold. */
  readonly ttl: { readonly default: number; readonly least: number; readonly most: number } | null;
  readonly webhook: {
    readonly url: string;
    readonly callsPerSecond: number;
    /** Only in the answer to the request that made it. */
    readonly secret?: string;
  };
  readonly delivery: DeliveryView;
}

export interface DeliveryView {
  /** `gone`: the receiver answered 410; nothing is sent until the channel is put again. */
  readonly status: 'ok' | 'failing' | 'gone';
  readonly failures: number;
  readonly due: number;
  readonly lastSuccess: string | null;
  readonly error: string | null;
  readonly retryAt: string | null;
}

const inSeconds = ({ defaultMs, leastMs, mostMs }: ChannelTtl) => ({
  default: defaultMs / 1_000,
  least: leastMs / 1_000,
  most: mostMs / 1_000,
});

export const channelView = (known: KnownChannel, row: ChannelEntity, due: number, secret?: string): ChannelView => ({
  channelId: row.channelId,
  name: known.name,
  enabled: known.enabled,
  channelType: known.channelType,
  provider: row.provider,
  syncInventory: row.syncInventory,
  conflictStrategy: row.conflictStrategy,
  policy: known.policy,
  sourcePolicy: known.sourcePolicy ?? { name: 'priority' },
  ttl: known.ttl === undefined ? null : inSeconds(known.ttl),
  webhook: { url: row.webhookUrl, callsPerSecond: row.callsPerSecond, ...(secret === undefined ? {} : { secret }) },
  delivery: {
    status: row.gone ? 'gone' : row.failures > 0 ? 'failing' : 'ok',
    failures: row.failures,
    due,
    lastSuccess: row.lastSuccessAt?.toISOString() ?? null,
    error: row.fault,
    retryAt: row.retryAt?.toISOString() ?? null,
  },
});
