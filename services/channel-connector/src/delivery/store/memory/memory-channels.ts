import { isDeepStrictEqual } from 'node:util';
import type { ChannelRef } from '../../../accounts/channel-ref.js';
import { MOST_RECENT, newestOfEach, type DesiredFigure } from '../../../mappings/desired-figures.js';
import { figureToSend } from '../../figure-to-send.js';
import type { Figure } from '../../../providers/figures.js';
import type { SeenListing } from '../../../reconcile/confirm-shown.js';
import type { ShownListing } from '../../../reconcile/tell-again.js';
import { newListing, type ChannelRow, type ListingRow } from './rows.js';

type NewChannel = Omit<ChannelRow, 'failures' | 'retryAt' | 'fault' | 'gone' | 'owner' | 'leaseUntil'>;

interface Channel {
  readonly row: ChannelRow;
  readonly listings: Map<string, ListingRow>;
  /** In the order of their SKUs; undefined after one was added. */
  sorted: readonly ListingRow[] | undefined;
}

const keyOf = ({ tenant, channelId }: ChannelRef): string => `${tenant}\n${channelId}`;

/**
 * Channels and their listings in memory, with what the rest of the service does to the tables of the delivery: the same rules as its SQL, checked
 * by the same contract. Every method takes effect at once, as a statement does.
 */
export class MemoryChannels {
  readonly #channels = new Map<string, Channel>();
  #versions = 0;

  /** @param now epoch milliseconds */
  constructor(readonly now: () => number) {}

  add(channel: NewChannel): void {
    const row = { ...channel, failures: 0, retryAt: null, fault: null, gone: false, owner: null, leaseUntil: null };
    this.#channels.set(keyOf(channel), { row, listings: new Map(), sorted: undefined });
  }

  all(): readonly ChannelRow[] {
    return [...this.#channels.values()].map(({ row }) => row);
  }

  channel(of: ChannelRef): ChannelRow | undefined {
    return this.#channels.get(keyOf(of))?.row;
  }

  /** In the order of their SKUs. */
  listings(of: ChannelRef): readonly ListingRow[] {
    const channel = this.#channels.get(keyOf(of));
    if (channel === undefined) return [];
    return (channel.sorted ??= [...channel.listings.values()].sort((one, other) => (one.sku < other.sku ? -1 : 1)));
  }

  listing(of: ChannelRef, sku: string): ListingRow | undefined {
    return this.#channels.get(keyOf(of))?.listings.get(sku);
  }

  /** Maps SKUs; the figure of a new mapping is due at once, where one is known. */
  map(of: ChannelRef, mappings: readonly { readonly sku: string; readonly listingId: string }[]): void {
    for (const { sku, listingId } of mappings) {
      const row = this.#row(of, sku);
      if (row === undefined || row.listingId !== null) continue;
      row.listingId = listingId;
      row.version = this.#nextVersion();
      if (row.quantity !== null) row.dueAt = this.now();
      if (row.figure === 0) row.urgent = true;
    }
  }

  /** Stores figures as the topic tells them: a later place in the log replaces an earlier one, an equal figure changes nothing. */
  store(figures: readonly DesiredFigure[]): void {
    for (const figure of newestOfEach(figures)) this.#storeOne(figure);
  }

  /** Keeps what was seen of listings that were told nothing since. */
  confirmShown(of: ChannelRef, listings: readonly SeenListing[]): void {
    for (const { sku, listingId, version, toldVersion, shown, prior } of listings) {
      const row = this.listing(of, sku);
      if (row?.listingId !== listingId || String(row.version) !== version) continue;
      if (toldVersion !== (row.sentVersion === null ? null : String(row.sentVersion))) continue;
      this.#see(row, shown);
      row.priorQuantity ??= prior;
    }
  }

  /** Keeps what the channel shows, and makes the listings due under a new version. */
  tellAgain(of: ChannelRef, listings: readonly ShownListing[]): void {
    for (const { sku, listingId, shown } of listings) {
      const row = this.listing(of, sku);
      if (row?.listingId !== listingId || row.quantity === null) continue;
      this.#see(row, shown);
      row.version = this.#nextVersion();
      row.forced = true;
      row.dueAt = Math.min(row.dueAt ?? Number.POSITIVE_INFINITY, this.now());
    }
  }

  /** What the channel says that it shows; what is not newer than what is known changes nothing. @param at epoch milliseconds */
  shown(of: ChannelRef, listingId: string, figure: Figure, at: number): void {
    const row = this.listings(of).find((one) => one.listingId === listingId);
    if (row === undefined || (row.shownAt !== null && row.shownAt >= at)) return;
    row.shown = figure;
    row.shownAt = at;
  }

  /** An accepted write came to its end: it is confirmed now. */
  settled(of: ChannelRef, reference: string): void {
    for (const row of this.listings(of)) if (row.pending?.reference === reference) row.pending = { ...row.pending, checkAt: this.now() };
  }

  /** Nothing is told to the listing until the conflict is decided. */
  openConflict(of: ChannelRef, sku: string, theirs: Figure, conflictId: string): void {
    const row = this.listing(of, sku);
    if (row === undefined) return;
    row.conflictId ??= conflictId;
    this.#see(row, theirs);
  }

  /** What the channel showed when the conflict was opened is told again with ours. */
  decideConflict(of: ChannelRef, sku: string): void {
    const row = this.listing(of, sku);
    if (row === undefined || row.listingId === null || row.conflictId === null) return;
    row.conflictId = null;
    this.tellAgain(of, [{ sku, listingId: row.listingId, shown: row.shown ?? { quantity: 0, parts: [] } }]);
  }

  #storeOne({ quantity, parts, position, version, ...of }: DesiredFigure): void {
    const row = this.#row(of, of.sku);
    if (row === undefined) return;
    const at = BigInt(position);
    if (row.position !== null && (at < row.position || (at === row.position && version <= row.positionVersion))) return;
    const channel = this.channel(of);
    const isMapped = row.listingId !== null;
    const placesMatter = channel !== undefined && channel.locations.length > 0;
    const isChanged = row.quantity !== quantity || (placesMatter && !isDeepStrictEqual(row.parts, parts));
    const figure = figureToSend(quantity, parts, channel?.locations ?? [], Number.MAX_SAFE_INTEGER).quantity;
    const isLower = figure < (row.sentQuantity ?? figure + 1);
    const isUrgent = isMapped && isLower && (figure === 0 || figure <= (channel?.lowThreshold ?? -1));
    if (row.figure !== null && row.figure !== figure) row.recent = [row.figure, ...row.recent].slice(0, MOST_RECENT);
    if (isChanged && placesMatter && row.quantity !== null && row.parts !== null)
      row.recentPlaces = [{ quantity: row.quantity, parts: row.parts }, ...row.recentPlaces].slice(0, MOST_RECENT);
    row.figure = figure;
    row.quantity = quantity;
    row.parts = parts;
    row.position = at;
    row.positionVersion = version;
    if (!isChanged) return;
    row.version = this.#nextVersion();
    row.urgent = isUrgent;
    if (isMapped) row.dueAt = isUrgent ? Math.min(row.dueAt ?? Number.POSITIVE_INFINITY, this.now()) : (row.dueAt ?? this.now());
  }

  #see(row: ListingRow, shown: Figure): void {
    row.shown = shown;
    row.shownAt = this.now();
  }

  #row(of: ChannelRef, sku: string): ListingRow | undefined {
    const channel = this.#channels.get(keyOf(of));
    const known = channel?.listings.get(sku);
    if (channel === undefined || known !== undefined) return known;
    const row = newListing(sku, this.#nextVersion());
    channel.listings.set(sku, row);
    channel.sorted = undefined;
    return row;
  }

  #nextVersion(): number {
    this.#versions += 1;
    return this.#versions;
  }
}
