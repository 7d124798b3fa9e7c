import type { ChannelTtl, KnownChannel } from '@holdfast/inventory';
import { staleAfterSeconds } from './age-of-figures.js';
import type { ChannelEntity } from './channel.entity.js';
import type { ChannelView, WebhookView } from './channel-view.dto.js';
import { DEFAULT_TIMINGS } from '../delivery/timings.js';
import { DEFAULT_CALLS_PER_SECOND } from '../limits.js';

const inSeconds = ({ defaultMs, leastMs, mostMs }: ChannelTtl) => ({
  default: defaultMs / 1_000,
  least: leastMs / 1_000,
  most: mostMs / 1_000,
});

const webhookView = ({ url, callsPerSecond }: ChannelEntity['settings'], secret: string | undefined): WebhookView => ({
  url: String(url),
  callsPerSecond: Number(callsPerSecond ?? DEFAULT_CALLS_PER_SECOND),
  ...(secret === undefined ? {} : { secret }),
});

export const channelView = (known: KnownChannel, row: ChannelEntity, due: number, secret?: string): ChannelView => ({
  channelId: row.channelId,
  name: known.name,
  enabled: known.enabled,
  channelType: known.channelType,
  provider: row.provider,
  syncInventory: row.syncInventory,
  conflictStrategy: row.conflictStrategy,
  staleAfter: staleAfterSeconds(row),
  reconcileEverySeconds: row.reconcileEverySeconds ?? DEFAULT_TIMINGS.reconcileEveryMs / 1_000,
  orderWithinSeconds: row.orderWithinSeconds ?? DEFAULT_TIMINGS.foreignEditSettlesMs / 1_000,
  policy: known.policy,
  sourcePolicy: known.sourcePolicy ?? { name: 'priority' },
  ttl: known.ttl === undefined ? null : inSeconds(known.ttl),
  ...(row.provider === 'webhook' ? { webhook: webhookView(row.settings, secret) } : {}),
  settings: row.settings,
  credentials: row.credentialNames,
  locations: row.locations,
  delivery: {
    status: deliveryStatus(row),
    failures: row.failures,
    due,
    lastSuccess: row.lastSuccessAt?.toISOString() ?? null,
    error: row.fault,
    retryAt: row.retryAt?.toISOString() ?? null,
  },
});

/** A fault without failures is why the channel wants fewer calls. */
function deliveryStatus({ gone, failures, fault }: ChannelEntity): ChannelView['delivery']['status'] {
  if (gone) return 'gone';
  if (failures > 0) return 'failing';
  return fault === null ? 'ok' : 'waiting';
}
