import { setMaxListeners } from 'node:events';
import { CannotUnseal, pauseOn, type Timers } from '@holdfast/kit';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts, OpenAccount } from '../accounts/open-account.js';
import { PROBE_LISTINGS } from '../limits.js';
import type { AccountVerdict, WriteResult } from '../providers/write.js';
import { isOpen, pauseMs } from './back-off.js';
import { sameFigure } from './figure-to-send.js';
import { LeaseWatch } from './lease-watch.js';
import { settled, settledListings } from './settled.js';
import type { DeliveryStore, DueListing, HeldChannel } from './store/delivery-store.js';
import type { DeliveryTimings } from './timings.js';

/** More than it takes to halve calls down to the one listing that the receiver refuses. */
const CALLS_IN_A_ROW = 20;
/** Accepted writes that are confirmed in one go. */
const CONFIRMED_AT_ONCE = 500;
/** Calls of a writer that wait for its end at once, those under way included; Node would warn of a leak from the eleventh on. */
const MOST_WAITING = 64;

/** What the writers of a process share. */
export interface WriterTools extends DeliveryStore {
  readonly accounts: Pick<Accounts, 'open'>;
  readonly timings: DeliveryTimings;
  readonly timers: Timers;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Told of each write with how it ended, and how many listings the channel took. */
  readonly observe: (verdict: AccountVerdict['kind'], listings: number) => void;
}

/**
 * Writes to one channel, one call after the other, until nothing is due, the channel pauses, or another process has it. Where all writers of the
 * process are taken, it ends after some calls, so that the channel that waits longest gets one.
 */
export class ChannelWriter {
  private narrowed = Number.POSITIVE_INFINITY;
  /** Whether the last call could not carry all that was due. */
  private moreIsDue = false;
  private opened: { readonly revision: string; readonly by: OpenAccount } | undefined;
  private readonly ending = new AbortController();
  private readonly lease: LeaseWatch;

  constructor(
    private readonly channel: ChannelRef,
    private readonly mayGoOn: () => boolean,
    private readonly tools: WriterTools,
    private readonly stopped: AbortSignal,
  ) {
    this.lease = new LeaseWatch(tools.timings.leaseMs);
    setMaxListeners(MOST_WAITING, this.ending.signal);
  }

  async run(): Promise<void> {
    const end = (): void => this.ending.abort();
    this.stopped.addEventListener('abort', end, { once: true });
    try {
      await this.writeAll();
    } finally {
      this.stopped.removeEventListener('abort', end);
      this.ending.abort();
    }
  }

  private get isEnding(): boolean {
    return this.ending.signal.aborted;
  }

  private async writeAll(): Promise<void> {
    const { leases, timers, timings } = this.tools;
    for (let calls = 0; !this.isEnding && (calls < CALLS_IN_A_ROW || this.mayGoOn()); calls += 1) {
      const held = await this.lease.take(() => leases.take(this.channel));
      if (held === undefined) return;
      if (!(await this.keeping(() => this.oneCall(held)))) return;
      // What changes meanwhile goes in one call, and of several figures of a listing the newest alone. Where more is due, nothing is gained by waiting.
      if (!this.moreIsDue) await pauseOn(timers, timings.gatherMs, this.ending.signal);
    }
  }

  /** Keeps the lease while a call waits for its vendor. Where another process took the channel, the call is given up. */
  private async keeping<Result>(work: () => Promise<Result>): Promise<Result> {
    const { leases, timers, timings } = this.tools;
    const prolong = (): void => {
      cancel = timers.after(timings.leaseMs / 4, prolong);
      this.lease
        .take(() => leases.take(this.channel))
        .then(
          (held) => {
            if (held === undefined) this.ending.abort();
          },
          () => undefined,
        );
    };
    let cancel = timers.after(timings.leaseMs / 4, prolong);
    try {
      return await work();
    } finally {
      cancel();
    }
  }

  /** @returns whether to go on */
  private async oneCall(held: HeldChannel): Promise<boolean> {
    const open = this.openAccount(held);
    if (open === undefined) {
      await this.tools.settlement.pause(
        held,
        'the stored credentials cannot be unsealed: put them again',
        this.tools.timings.unauthorizedMs,
      );
      return false;
    }
    const confirmed = await this.confirmDue(held, open);
    if (confirmed === 'stop') return false;
    const { listings: stored } = this.tools;
    const backlog = await stored.backlog(held);
    this.moreIsDue = false;
    if (backlog.due === 0) return confirmed === 'some';
    const listings = await stored.due(held, open.provider.mostUnits, this.mostOf(held, open.account.batch(backlog)));
    this.moreIsDue = backlog.due > listings.length;
    if (listings.length === 0) return false;
    const sure = await this.madeSure(held, open, listings);
    return sure === undefined ? false : this.tell(held, open, sure);
  }

  /** @returns undefined where the key of the credentials is lost */
  private openAccount(held: HeldChannel): OpenAccount | undefined {
    try {
      if (this.opened?.revision !== held.revision)
        this.opened = {
          revision: held.revision,
          by: this.tools.accounts.open(held, this.ending.signal, (http) => this.lease.guarding(http)),
        };
      return this.opened.by;
    } catch (error) {
      if (error instanceof CannotUnseal) return undefined;
      throw error;
    }
  }

  /** @returns whether to go on */
  private async tell(held: HeldChannel, { account }: OpenAccount, listings: readonly DueListing[]): Promise<boolean> {
    if (listings.length === 0) return true;
    const result = await account.write(listings);
    const { observe, settlement } = this.tools;
    const entries = settledListings(listings, result);
    if (this.isEnding && result.account.kind !== 'ok') {
      // Our own end is no fault of the channel; what was sent before it may have arrived.
      await settlement.settle(
        held,
        entries.filter(({ kind }) => kind !== 'not_sent'),
        false,
      );
      return false;
    }
    observe(result.account.kind, [...result.outcomes.values()].filter(({ kind }) => kind === 'applied' || kind === 'accepted').length);
    await settlement.settle(held, entries, result.account.kind === 'ok');
    return this.follow(held, result.account, listings.length);
  }

  /** Reads back listings whose last write had no answer. @returns what is left to write; undefined where the channel pauses */
  private async madeSure(
    held: HeldChannel,
    { account }: OpenAccount,
    listings: readonly DueListing[],
  ): Promise<readonly DueListing[] | undefined> {
    const unsure = listings.filter((listing) => listing.unsure);
    if (unsure.length === 0 || account.read === undefined) return listings;
    const { settlement } = this.tools;
    const result = await account.read(unsure.map(({ listingId }) => listingId));
    const shown = new Map([...result.figures].flatMap(([listingId, figure]) => (figure === null ? [] : [[listingId, figure] as const])));
    await settlement.readBack(held, shown);
    if (result.account.kind !== 'ok') {
      await this.follow(held, result.account, listings.length);
      return undefined;
    }
    const arrived = unsure.filter((listing) => {
      const figure = shown.get(listing.listingId);
      return figure !== undefined && sameFigure(listing, figure);
    });
    await settlement.settle(
      held,
      arrived.map((listing) => settled(listing, { kind: 'applied' }, null)),
      true,
    );
    return listings
      .filter((listing) => !arrived.includes(listing))
      .map((listing) => ({ ...listing, known: shown.get(listing.listingId) ?? listing.known }));
  }

  private async confirmDue(held: HeldChannel, { account }: OpenAccount): Promise<'none' | 'some' | 'stop'> {
    const pending = await this.tools.listings.pending(held, CONFIRMED_AT_ONCE);
    if (pending.length === 0) return 'none';
    const result: WriteResult =
      account.confirm === undefined
        ? { account: { kind: 'ok' }, outcomes: new Map(pending.map(({ listingId }) => [listingId, { kind: 'applied' }])) }
        : await account.confirm(pending);
    const writes = pending.map((one) => ({ ...one, urgent: false, known: null }));
    await this.tools.settlement.confirm(held, settledListings(writes, result));
    if (result.account.kind === 'ok') return 'some';
    return (await this.follow(held, result.account, pending.length)) ? 'some' : 'stop';
  }

  /** Does what the vendor says of the account. @returns whether to go on */
  private async follow(held: HeldChannel, verdict: AccountVerdict, listings: number): Promise<boolean> {
    const { settlement, timings, random } = this.tools;
    const failures = held.failures + 1;
    switch (verdict.kind) {
      case 'ok':
        this.narrowed *= 2;
        return true;
      case 'narrow':
        this.narrowed = Math.max(1, Math.ceil(listings / 2));
        return true;
      case 'slow_down':
        await settlement.wait(held, verdict.says, Math.max(verdict.retryAfterMs, timings.backOff.firstMs));
        return false;
      case 'failed':
        await settlement.pause(held, verdict.says, pauseMs(failures, timings, random(), verdict.retryAfterMs));
        return false;
      case 'unauthorized':
        await settlement.pause(held, verdict.says, pauseMs(failures, timings, random(), timings.unauthorizedMs));
        return false;
      case 'gone':
        await settlement.gone(held, verdict.says);
        return false;
      default:
        return verdict satisfies never;
    }
  }

  private mostOf(held: HeldChannel, batch: number): number {
    const most = Math.min(batch, this.narrowed);
    return isOpen(held.failures, this.tools.timings) ? Math.min(PROBE_LISTINGS, most) : most;
  }
}
