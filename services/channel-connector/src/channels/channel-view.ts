import type { ChannelTtl, KnownChannel } from '@holdfast/inventory';
import type { ChannelEntity } from './channel.entity.js';
import type { ChannelView } from './channel.dto.js';

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
