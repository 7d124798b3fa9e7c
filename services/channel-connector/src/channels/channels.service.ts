import { Problem } from '@holdfast/platform';
import type { TargetPolicy } from '../calls/target.js';
import { resolvedTargetFault } from '../calls/target.js';
import type { ChannelRef } from '../delivery/writer-lease.js';
import type { TenantChannels, KnownChannels, WrittenBy } from './tenant-channels.js';
import type { ChannelEntity } from './channel.entity.js';
import { changesIn, invalidField } from './channel-changes.js';
import type { ChannelView, PutChannelRequest } from './channel.dto.js';
import type { ChannelTable } from './channel-table.js';
import { channelView } from './channel-view.js';
import { isSigningSecret, newSecret } from './secret.js';

export class ChannelsService {
  constructor(
    private readonly channels: TenantChannels,
    private readonly table: ChannelTable,
    private readonly targets: TargetPolicy,
    private readonly wakeDelivery: () => void,
  ) {}

  async list(tenant: string): Promise<{ readonly channels: readonly ChannelView[]; readonly position: bigint }> {
    const [{ channels, position }, rows, due] = await Promise.all([
      this.channels.read(tenant),
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
    const { webhook, provider, syncInventory, conflictStrategy } = request;
    if (webhook?.url === undefined && (await this.table.find(ref)) === null)
      throw invalidField('webhook', 'is needed for a channel that is new');
    await this.checkWebhook(request);

    const written = await this.channels.put(channelId, changesIn(request), by);
    const spare = newSecret();
    const changes = { provider, syncInventory, conflictStrategy, webhookUrl: webhook?.url, callsPerSecond: webhook?.callsPerSecond };
    const made = await this.table.put(ref, changes, webhook?.secret, spare);
    this.wakeDelivery();
    return { view: await this.view(ref, written, made ? spare : undefined), position: written.position };
  }

  /**
   * Disabled, a channel promises nothing: every listing is told 0, and no reservation is taken for it. Enabled again, it goes on as it was.
   * @throws Problem 404 `unknown_channel`
   */
  async enable(channelId: string, enabled: boolean, by: WrittenBy): Promise<{ readonly view: ChannelView; readonly position: bigint }> {
    const ref = { tenant: by.tenant, channelId };
    await this.mustExist(ref);
    const written = enabled ? await this.channels.put(channelId, {}, by) : await this.channels.disable(channelId, by);
    return { view: await this.view(ref, written), position: written.position };
  }

  /**
   * Forgets how a disabled channel is delivered to, and its listings. Events, reservations and history stay.
   * @throws Problem 404 `unknown_channel`, 409 `channel_enabled`: its listings would go on being sold
   */
  async remove(channel: ChannelRef): Promise<void> {
    const { channelId } = await this.mustExist(channel);
    const { channels } = await this.channels.read(channel.tenant);
    if (channels.get(channelId)?.enabled === true)
      throw new Problem(409, 'channel_enabled', 'Disable the channel first, so that its listings are told 0', { details: [{ channelId }] });
    await this.table.remove(channel);
  }

  private async view(ref: ChannelRef, { channels }: KnownChannels, secret?: string): Promise<ChannelView> {
    const known = channels.get(ref.channelId) ?? unknownChannel(ref.channelId);
    const [stored, due] = await Promise.all([this.mustExist(ref), this.table.dueCounts(ref.tenant)]);
    return channelView(known, stored, due.get(ref.channelId) ?? 0, secret);
  }

  private async checkWebhook({ webhook }: PutChannelRequest): Promise<void> {
    if (webhook === undefined) return;
    const fault = await resolvedTargetFault(webhook.url, this.targets);
    if (fault !== undefined) throw invalidField('webhook.url', fault);
    if (webhook.secret !== undefined && !isSigningSecret(webhook.secret))
      throw invalidField('webhook.secret', 'must be whsec_ and the base64 of 24 to 64 bytes');
  }
}

export function unknownChannel(channelId: string): never {
  throw new Problem(404, 'unknown_channel', 'There is no such channel', { details: [{ channelId }] });
}
