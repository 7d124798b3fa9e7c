import {
  type ChannelPolicy,
  DEFAULT_POLICY,
  type KnownChannel,
  sourceRuleFault,
  type SourceRule,
  ttlPolicyFault,
  type ChannelTtl,
} from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';
import type { TargetPolicy } from '../delivery/target.js';
import { resolvedTargetFault } from '../delivery/target.js';
import type { ChannelRef } from '../delivery/writer-lease.js';
import { DEFAULT_CALLS_PER_SECOND } from '../limits.js';
import type { ChannelBook, WrittenBy } from './channel-book.js';
import type { ChannelEntity } from './channel.entity.js';
import type { PolicyRequest, PutChannelRequest } from './channel.requests.js';
import type { ChannelTable } from './channel-table.js';
import type { ChannelView } from './channel-view.js';
import { channelView } from './channel-view.js';
import { isSigningSecret, newSecret } from './secret.js';

export class ChannelsService {
  constructor(
    private readonly book: ChannelBook,
    private readonly table: ChannelTable,
    private readonly targets: TargetPolicy,
    private readonly wakeDelivery: () => void,
  ) {}

  async list(tenant: string): Promise<{ readonly channels: readonly ChannelView[]; readonly position: bigint }> {
    const [{ channels, position }, rows, due] = await Promise.all([
      this.book.read(tenant),
      this.table.all(tenant),
      this.table.dueCounts(tenant),
    ]);
    const views = rows.flatMap((row) => {
      const known = channels.get(row.channelId);
      return known === undefined ? [] : [channelView(known, row, due.get(row.channelId) ?? 0)];
    });
    return { channels: views, position };
  }

  /** @throws Problem 404 `unknown_channel` */
  async one(tenant: string, channelId: string): Promise<ChannelView> {
    const { channels } = await this.list(tenant);
    return channels.find((channel) => channel.channelId === channelId) ?? unknownChannel(channelId);
  }

  /** @throws Problem 404 `unknown_channel` */
  async mustExist(channel: ChannelRef): Promise<ChannelEntity> {
    return (await this.table.find(channel)) ?? unknownChannel(channel.channelId);
  }

  /** Policy first: where only that part succeeds, the same request again completes it. */
  async put(
    channelId: string,
    request: PutChannelRequest,
    by: WrittenBy,
  ): Promise<{ readonly view: ChannelView; readonly position: bigint }> {
    const ref = { tenant: by.tenant, channelId };
    const [row, { channels }] = await Promise.all([this.table.find(ref), this.book.read(by.tenant)]);
    const webhookUrl = request.webhook?.url ?? row?.webhookUrl;
    if (webhookUrl === undefined) throw invalid('webhook', 'is needed for a channel that is new');
    await this.checkWebhook(request);

    const known = channels.get(channelId);
    const channel = describe(channelId, request, known);
    const written = await this.book.put({ type: 'PutChannel', ...channel }, by);
    const spare = newSecret();
    const settings = {
      provider: request.provider ?? row?.provider ?? 'webhook',
      syncInventory: request.syncInventory ?? row?.syncInventory ?? true,
      conflictStrategy: request.conflictStrategy ?? row?.conflictStrategy ?? 'master_wins',
      webhookUrl,
      callsPerSecond: request.webhook?.callsPerSecond ?? row?.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND,
    };
    const made = await this.table.put(ref, settings, request.webhook?.secret, spare);
    this.wakeDelivery();
    const [stored, due] = await Promise.all([this.mustExist(ref), this.table.dueCounts(by.tenant)]);
    const view = channelView({ ...channel, enabled: true }, stored, due.get(channelId) ?? 0, made ? spare : undefined);
    return { view, position: written.position };
  }

  private async checkWebhook({ webhook }: PutChannelRequest): Promise<void> {
    if (webhook === undefined) return;
    const fault = await resolvedTargetFault(webhook.url, this.targets);
    if (fault !== undefined) throw invalid('webhook.url', fault);
    if (webhook.secret !== undefined && !isSigningSecret(webhook.secret))
      throw invalid('webhook.secret', 'must be whsec_ and the base64 of 24 to 64 bytes');
  }
}

function describe(channelId: string, request: PutChannelRequest, known: KnownChannel | undefined) {
  const policy = policyOf(channelId, request.policy, known?.policy);
  if (policy.lowThreshold < policy.criticalThreshold) throw invalid('policy.lowThreshold', 'must not be below criticalThreshold');
  const sourcePolicy = ruleOf(request) ?? known?.sourcePolicy;
  const ttl = ttlOf(request) ?? known?.ttl;
  return {
    channelId,
    name: request.name ?? known?.name ?? channelId,
    channelType: request.channelType ?? known?.channelType ?? 'E_COMMERCE',
    policy,
    ...(sourcePolicy === undefined ? {} : { sourcePolicy }),
    ...(ttl === undefined ? {} : { ttl }),
  };
}

function ruleOf({ sourcePolicy }: PutChannelRequest): SourceRule | undefined {
  if (sourcePolicy === undefined) return undefined;
  const { name, options } = sourcePolicy;
  const rule = { name, ...(options === undefined ? {} : { options }) };
  const fault = sourceRuleFault(rule);
  if (fault !== undefined) throw invalid(`sourcePolicy.${fault.field}`, fault.message);
  return rule;
}

function ttlOf({ ttl }: PutChannelRequest): ChannelTtl | undefined {
  if (ttl === undefined) return undefined;
  const { default: usual, least, most } = ttl;
  const made = { defaultMs: usual * 1_000, leastMs: least * 1_000, mostMs: most * 1_000 };
  const fault = ttlPolicyFault(made);
  if (fault !== undefined) throw invalid(`ttl.${fault.replace('Ms', '')}`, 'least, default and most must come in this order');
  return made;
}

function policyOf(channelId: string, request: PolicyRequest | undefined, known: ChannelPolicy | undefined): ChannelPolicy {
  const before = known ?? DEFAULT_POLICY;
  if (request === undefined) return before;
  return {
    policyId: channelId,
    bufferUnits: request.bufferUnits ?? before.bufferUnits,
    bufferPercent: request.bufferPercent ?? before.bufferPercent,
    lowThreshold: request.lowThreshold ?? before.lowThreshold,
    criticalThreshold: request.criticalThreshold ?? before.criticalThreshold,
  };
}

const invalid = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });

export function unknownChannel(channelId: string): never {
  throw new Problem(404, 'unknown_channel', 'There is no such channel', { details: [{ channelId }] });
}
