import type { DriftClass, MappedListing, SettledListing } from '@holdfast/channel-connector';
import type { Life } from '@holdfast/simulation';
import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import { CALLS } from '../vendors/plain-protocol.js';
import type { Change, Vendor } from '../vendors/vendor.js';

/** Callers of one account at once, each of whom the database may hold up between its budget and its call: the writer and comparisons. */
const CALLERS = 6;

interface Flight {
  readonly life: Life;
  readonly channelId: string;
}

/** Sees every call at the wire, every outcome that is written down, and what vendors show; knows nothing of how the delivery works. */
export class ChannelAuditor {
  readonly faults: string[] = [];
  checks = 0;
  calls = 0;
  private readonly writing = new Set<Flight>();
  private readonly limits = new Map<string, { readonly perSecond: number; readonly burst: number }>();
  private readonly budgets = new Map<string, { level: number; at: number }>();
  /** Versions that were called applied, by channel and listing. */
  private readonly applied = new Set<string>();
  /** Listings of writes whose answer this life did not get, not written down yet. */
  private readonly heardNothing = new WeakMap<Life, Map<string, Set<string>>>();
  /** Listings that are known to need reading before they are written, with the version whose answer was lost, by channel. */
  private readonly unread = new Map<string, Map<string, number>>();

  constructor(
    private readonly now: () => number,
    private readonly vendor: (channelId: string) => Vendor,
  ) {}

  fault(says: string): void {
    if (this.faults.length < 20) this.faults.push(`${String(this.now())} ${says}`);
  }

  check(holds: boolean, says: () => string): void {
    this.checks += 1;
    if (!holds) this.fault(says());
  }

  /** A call leaves its process. @returns to be called with what the process hears of it */
  sends(life: Life, channelId: string, request: VendorRequest): (answer: VendorAnswer) => void {
    this.calls += 1;
    const { kind, listingIds } = this.vendor(channelId).read(request);
    if (kind !== 'other') this.spends(channelId, request);
    if (kind !== 'write') return (answer) => this.heard(life, channelId, kind, listingIds, answer);
    for (const flight of this.writing)
      this.check(
        flight.channelId !== channelId || flight.life === life || !flight.life.alive,
        () => `${channelId}: two processes write at once`,
      );
    const unread = this.unread.get(channelId);
    for (const listingId of listingIds)
      this.check(unread?.has(listingId) !== true, () => `${channelId} ${listingId}: written again without reading what a lost answer left`);
    const flight = { life, channelId };
    this.writing.add(flight);
    return (answer) => {
      this.writing.delete(flight);
      this.heard(life, channelId, kind, listingIds, answer);
    };
  }

  /** A process says what became of listings. */
  settles(channelId: string, entries: readonly SettledListing[]): void {
    for (const { listingId, kind, quantity, version } of entries) {
      if (kind !== 'applied') continue;
      this.applied.add(`${channelId} ${listingId} ${String(version)}`);
      // An earlier call of the same figure was accepted, and is known to have ended: what the lost answer left is the same.
      const unread = this.unread.get(channelId);
      if (unread?.get(listingId) === version) unread.delete(listingId);
      this.check(
        this.hasShown(channelId, listingId, quantity),
        () => `${channelId} ${listingId}: ${quantity} was called applied, and never showed`,
      );
    }
  }

  /** What the process said is written down. */
  settled(life: Life, channelId: string, entries: readonly SettledListing[]): void {
    const heard = this.heardNothing.get(life)?.get(channelId);
    if (heard === undefined) return;
    const unread = this.unread.get(channelId) ?? new Map<string, number>();
    this.unread.set(channelId, unread);
    // The same figure was applied by an earlier call, of which the database did not answer in time: nothing is unknown.
    for (const { listingId, version } of entries)
      if (heard.has(listingId) && !this.applied.has(`${channelId} ${listingId} ${String(version)}`)) unread.set(listingId, version);
    heard.clear();
  }

  /** The process could not write down what it heard. */
  unsettled(life: Life, channelId: string): void {
    this.heardNothing.get(life)?.get(channelId)?.clear();
  }

  /** A comparison named a difference. @param setter of the figure that the vendor showed */
  classified(channelId: string, { listingId, prior }: MappedListing, found: DriftClass, setter: Change | undefined): void {
    const where = `${channelId} ${listingId}`;
    const byHand = setter?.by === 'hand';
    if (found === 'foreign_edit') this.check(byHand, () => `${where}: a figure of ours was taken for an edit`);
    // An edit from before our last write is what the listing showed before it.
    if ((found === 'lost' || found === 'vendor_lag') && prior !== null && prior !== setter?.quantity)
      this.check(!byHand, () => `${where}: an edit was taken for ${found}`);
    if (found === 'doubled') this.fault(`${where}: an absolute figure was taken for a doubled change`);
  }

  /** The bucket of an account, where it is not the usual one. */
  limit(channelId: string, bucket: { readonly perSecond: number; readonly burst: number }): void {
    this.limits.set(channelId, bucket);
  }

  private heard(life: Life, channelId: string, kind: string, listingIds: readonly string[], answer: VendorAnswer): void {
    const isUnknown = answer.kind === 'unanswered' ? answer.sent : answer.status === 500;
    if (kind === 'write' && isUnknown) {
      const byChannel = this.heardNothing.get(life) ?? new Map<string, Set<string>>();
      this.heardNothing.set(life, byChannel);
      const heard = byChannel.get(channelId) ?? new Set();
      byChannel.set(channelId, heard);
      for (const listingId of listingIds) heard.add(listingId);
    }
    if (kind === 'read' && answer.kind === 'answered' && answer.status === 200)
      for (const listingId of listingIds) this.unread.get(channelId)?.delete(listingId);
  }

  /** Calls of one account, over all processes, fit the vendor's bucket. */
  private spends(channelId: string, { url }: VendorRequest): void {
    if (!/\/(figures|writes)\b/.test(url)) return;
    const now = this.now();
    const { burst, perSecond } = this.limits.get(channelId) ?? CALLS;
    const most = burst + CALLERS;
    const bucket = this.budgets.get(channelId) ?? { level: most, at: now };
    bucket.level = Math.min(most, bucket.level + (perSecond * (now - bucket.at)) / 1_000) - 1;
    bucket.at = now;
    this.budgets.set(channelId, bucket);
    this.check(bucket.level >= -1, () => `${channelId}: more calls than its limit`);
  }

  private hasShown(channelId: string, listingId: string, quantity: number): boolean {
    const listing = this.vendor(channelId).listings.get(listingId);
    return listing !== undefined && (listing.initial === quantity || listing.changes.some((change) => change.quantity === quantity));
  }
}
