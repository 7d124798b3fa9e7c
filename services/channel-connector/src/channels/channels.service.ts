import { CannotUnseal, canonicalJson, type Sealer } from '@holdfast/kit';
import { DEFAULT_POLICY } from '@holdfast/inventory';
import { Problem, type Fault } from '@holdfast/platform';
import type { TargetPolicy } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts } from '../accounts/open-account.js';
import { credentialsOf, sealedCredentials, type StoredAccount } from '../accounts/stored-account.js';
import type { Check } from '../providers/read.js';
import type { Providers } from '../providers/registry.js';
import { accountChange } from './account-change.js';
import { addressFaults, askedAccount, type AccountSettings, type AskedAccount } from './asked-account.js';
import type { ChannelEntity } from './channel.entity.js';
import { changesIn } from './channel-changes.js';
import type { ChannelsView, ChannelView } from './channel-view.dto.js';
import type { PutChannelRequest } from './channel.dto.js';
import type { ChannelTable } from './channel-table.js';
import { channelView } from './channel-view.js';
import type { KnownChannels, TenantChannels, WrittenBy } from './tenant-channels.js';

export interface ChannelsParts {
  readonly targets: TargetPolicy;
  readonly sealer: Sealer;
  readonly providers: Providers;
  readonly accounts: Accounts;
  readonly wakeDelivery: () => void;
}

export class ChannelsService {
  constructor(
    private readonly channels: TenantChannels,
    private readonly table: ChannelTable,
    private readonly parts: ChannelsParts,
  ) {}

  async list(tenant: string): Promise<ChannelsView & { readonly position: bigint }> {
    const [{ channels, position }, rows, due] = await Promise.all([
      this.channels.read(tenant),
      this.table.all(tenant),
      this.table.dueCounts(tenant),
    ]);
    const views = rows.flatMap((row) => {
      const known = channels.get(row.channelId);
      return known === undefined ? [] : [channelView(known, row, due.get(row.channelId) ?? 0)];
    });
    return { channels: views, providers: [...this.parts.providers.keys()], position };
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

  /**
   * Policy first: where only that part succeeds, the same request again completes it.
   * @throws Problem 400 that names every field at fault; 400 `credentials_required` where stored ones would be sent to another host
   */
  async put(
    channelId: string,
    request: PutChannelRequest,
    by: WrittenBy,
  ): Promise<{ readonly view: ChannelView; readonly position: bigint }> {
    const ref = { tenant: by.tenant, channelId };
    this.asked(request, await this.table.account(ref));
    refuse(await addressFaults(request, this.parts.targets));

    const written = await this.channels.put(channelId, changesIn(request), by);
    const { syncInventory, conflictStrategy, staleAfter, reconcileEverySeconds, orderWithinSeconds } = request;
    const lowThreshold = written.channels.get(channelId)?.policy.lowThreshold ?? DEFAULT_POLICY.lowThreshold;
    let madeSecret: string | undefined;
    await this.table.put(ref, (stored) => {
      const known = stored === undefined ? undefined : this.unsealed(stored);
      const asked = this.asked(request, stored);
      madeSecret = asked.madeSecret;
      const { credentials, ...account } = asked.account;
      return {
        ...account,
        credentials: sealedCredentials(this.parts.sealer, ref, credentials),
        credentialNames: Object.keys(credentials).sort(),
        syncInventory,
        conflictStrategy,
        lowThreshold,
        staleAfterSeconds: staleAfter,
        reconcileEverySeconds,
        orderWithinSeconds,
        ...accountChange(asked.provider, known, asked.account),
        hasOtherCredentials: canonicalJson(known?.credentials ?? {}) !== canonicalJson(credentials),
      };
    });
    this.parts.wakeDelivery();
    return { view: await this.view(ref, written, madeSecret), position: written.position };
  }

  /** Says in words whether the channel can be called, and ends a pause where it can. @throws Problem 404 `unknown_channel` */
  async test(channel: ChannelRef, stopped: AbortSignal): Promise<readonly Check[]> {
    const stored = (await this.table.account(channel)) ?? unknownChannel(channel.channelId);
    const checks = await this.checksOf(stored, stopped);
    if (checks.every(({ ok }) => ok)) {
      await this.table.resume(channel);
      this.parts.wakeDelivery();
    }
    return checks;
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
  async remove(channel: ChannelRef, by: string): Promise<void> {
    const { channelId } = await this.mustExist(channel);
    const { channels } = await this.channels.read(channel.tenant);
    if (channels.get(channelId)?.enabled === true)
      throw new Problem(409, 'channel_enabled', 'Disable the channel first, so that its listings are told 0', { details: [{ channelId }] });
    await this.table.remove(channel, by);
  }

  private async view(ref: ChannelRef, { channels }: KnownChannels, secret?: string): Promise<ChannelView> {
    const known = channels.get(ref.channelId) ?? unknownChannel(ref.channelId);
    const [stored, due] = await Promise.all([this.mustExist(ref), this.table.dueCounts(ref.tenant)]);
    return channelView(known, stored, due.get(ref.channelId) ?? 0, secret);
  }

  private async checksOf(stored: StoredAccount, stopped: AbortSignal): Promise<readonly Check[]> {
    try {
      return await this.parts.accounts.open(stored, stopped).account.check();
    } catch (error) {
      if (error instanceof CannotUnseal) return [{ name: 'token', ok: false, says: `${error.message}; put the credentials again` }];
      throw error;
    }
  }

  private asked(request: PutChannelRequest, stored: StoredAccount | undefined): Exclude<AskedAccount, { readonly faults: unknown }> {
    const asked = askedAccount(request, stored === undefined ? undefined : this.unsealed(stored), this.parts.providers);
    if (!('faults' in asked)) return asked;
    if (asked.code === undefined) throw faulty(asked.faults);
    const message = 'The address of the channel changes, so its credentials are needed again';
    throw new Problem(400, asked.code, message, { details: asked.faults });
  }

  /** Credentials whose key is lost count as not given: the request has to give them anew. */
  private unsealed(stored: StoredAccount): AccountSettings {
    try {
      return { ...stored, credentials: credentialsOf(this.parts.sealer, stored) };
    } catch (error) {
      if (error instanceof CannotUnseal) return { ...stored, credentials: {} };
      throw error;
    }
  }
}

const faulty = (faults: readonly Fault[]): Problem =>
  new Problem(400, 'validation_failed', `The request body has ${faults.length === 1 ? 'a fault' : 'faults'}`, { details: faults });

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw faulty(faults);
}

export function unknownChannel(channelId: string): never {
  throw new Problem(404, 'unknown_channel', 'There is no such channel', { details: [{ channelId }] });
}
