import { randomUUID } from 'node:crypto';
import { keptLocationId } from '@holdfast/inventory';
import { MAX_ID_LENGTH, uuidOf } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts } from '../accounts/open-account.js';
import type { StoredAccount } from '../accounts/stored-account.js';
import type { TenantChannels } from '../channels/tenant-channels.js';
import { MAX_FOUND_LISTINGS } from '../limits.js';
import type { ProviderAccount } from '../providers/provider.js';
import type { KeptStockPage } from '../providers/read.js';
import type { KeptSku, KeptStockTable } from './kept-stock-table.js';

export interface KeptStockParts {
  readonly accounts: Accounts;
  readonly table: KeptStockTable;
  readonly ledger: SkuLedger;
  readonly channels: TenantChannels;
  readonly now: () => number;
}

/** Units of a SKU that the channel keeps. */
interface KeptUnits extends KeptSku {
  readonly theirs: number;
}

export interface KeptDifference extends KeptUnits {
  /** On hand at the location of the channel. */
  readonly ours: number;
}

export interface PulledStock {
  readonly locationId: string;
  /** SKUs whose stock the channel keeps. */
  readonly compared: number;
  readonly differences: readonly KeptDifference[];
  /** Listings of the channel for which there is no SKU here. */
  readonly unknown: readonly string[];
  /** Why the stock could not be read; null where it was. */
  readonly says: string | null;
}

/** Where a channel's own stock lies. */
export const keptLocationOf = (channelId: string): string => {
  const locationId = keptLocationId(channelId);
  return locationId.length > MAX_ID_LENGTH ? keptLocationId(uuidOf(channelId)) : locationId;
};

/**
 * Reads the stock that a channel itself keeps (FBA, WFS) and makes it the balance of a location of its own. Nobody promises those units, and no
 * channel is told them.
 */
export class KeptStock {
  constructor(private readonly parts: KeptStockParts) {}

  /** @returns undefined where channels of this kind keep no stock */
  async pull(channel: StoredAccount, dryRun: boolean, actor: string, stopped: AbortSignal): Promise<PulledStock | undefined> {
    const { account } = this.parts.accounts.open(channel, stopped);
    if (account.keptStock === undefined) return undefined;
    const locationId = keptLocationOf(channel.channelId);
    const read = await keptUnits(account, stopped);
    // A merchant without that service of the vendor is refused; the channel's other figures are none the worse for it.
    if (typeof read === 'string') return { locationId, compared: 0, differences: [], unknown: [], says: read };
    const { known, unknown } = await this.known(channel, read);
    const differences: KeptDifference[] = [];
    for (const kept of known) {
      const { state } = await this.parts.ledger.read({ tenant: channel.tenant, sku: kept.sku });
      const ours = state.balances.get(locationId)?.onHand ?? 0;
      if (ours !== kept.theirs) differences.push({ ...kept, ours });
    }
    if (!dryRun) for (const difference of differences) await this.book(channel, difference, locationId, actor);
    return { locationId, compared: known.length, differences, unknown, says: null };
  }

  /** What was booked before and is named no more is none. */
  private async known(channel: ChannelRef, read: ReadonlyMap<string, { readonly sku: string | null; readonly onHand: number }>) {
    const { table, ledger } = this.parts;
    const [mapped, booked] = await Promise.all([table.mapped(channel, [...read.keys()]), table.booked(channel)]);
    const known = new Map<string, KeptUnits>(booked.map((one) => [one.sku, { ...one, theirs: 0 }]));
    const unknown: string[] = [];
    for (const [listingId, { sku: named, onHand }] of read) {
      const sku = mapped.get(listingId) ?? named;
      const isKnown = sku !== null && (mapped.has(listingId) || (await ledger.read({ tenant: channel.tenant, sku })).state.known);
      if (isKnown) known.set(sku, { sku, listingId, theirs: onHand });
      else unknown.push(listingId);
    }
    return { known: [...known.values()], unknown };
  }

  private async book(channel: StoredAccount, { sku, listingId, theirs }: KeptUnits, locationId: string, actor: string): Promise<void> {
    const { ledger, channels, table, now } = this.parts;
    const { channels: named } = await channels.read(channel.tenant);
    const at = now();
    // Written down first: what is booked and not known here would never become none.
    await table.book(channel, { sku, listingId });
    const outcome = await ledger.execute(
      { tenant: channel.tenant, sku },
      {
        type: 'RecordStock',
        at,
        commandId: randomUUID(),
        locationId,
        counted: theirs,
        effectiveAt: at,
        reasonCode: 'channel_figure',
        reason: `${named.get(channel.channelId)?.name ?? channel.channelId} keeps ${String(theirs)}`,
      },
      { actor },
    );
    if (outcome.kind === 'refused')
      throw new Problem(409, outcome.code, 'The stock that the channel keeps cannot be booked', { details: [{ sku, ...outcome.details }] });
  }
}

/** @returns units by listing, or why they could not be read to the end */
async function keptUnits(account: ProviderAccount, stopped: AbortSignal) {
  const units = new Map<string, { readonly sku: string | null; readonly onHand: number }>();
  for (let cursor: string | null = null; units.size < MAX_FOUND_LISTINGS;) {
    if (stopped.aborted) return 'it took too long';
    const page: KeptStockPage | undefined = await account.keptStock?.(cursor);
    if (page === undefined) break;
    if (page.account.kind !== 'ok') return page.account.says;
    for (const { listingId, sku, onHand } of page.figures) units.set(listingId, { sku, onHand });
    cursor = page.next;
    if (cursor === null) break;
  }
  return units;
}
