import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { MAX_LISTINGS_PER_CALL, PROBE_LISTINGS } from '../limits.js';
import { isOpen, pauseMs } from './back-off.js';
import { dueListings } from './due-listings.js';
import type { RateLimit } from './rate-limit.js';
import type { Settlement } from './settlement.js';
import type { DeliveryTimings } from './timings.js';
import type { Verdict } from './verdict.js';
import { judge } from './verdict.js';
import type { WebhookClient } from './webhook-client.js';
import type { ListingUpdate } from './webhook-message.js';
import { signedMessage } from './webhook-message.js';
import type { ChannelRef, HeldChannel, WriterLeases } from './writer-lease.js';

/** More than it takes to halve calls down to the one listing that the receiver refuses. */
const CALLS_IN_A_ROW = 20;

/** What the writers of a process share. */
export interface WriterTools {
  readonly pool: Pool;
  readonly leases: WriterLeases;
  readonly settlement: Settlement;
  readonly client: WebhookClient;
  readonly timings: DeliveryTimings;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly observe: (verdict: Verdict['kind'], listings: number) => void;
}

/**
 * Writes to one channel, one call after the other, until nothing is due, the channel pauses, or another process has it. Where all writers of the
 * process are taken, it ends after some calls, so that the channel that waits longest gets one.
 */
export class ChannelWriter {
  private listingsPerCall = MAX_LISTINGS_PER_CALL;

  constructor(
    private readonly channel: ChannelRef,
    private readonly rate: (callsPerSecond: number) => RateLimit,
    private readonly mayGoOn: () => boolean,
    private readonly tools: WriterTools,
    private readonly stopped: AbortSignal,
  ) {}

  async run(): Promise<void> {
    const { leases, pool, timings } = this.tools;
    for (let calls = 0; !this.stopped.aborted && (calls < CALLS_IN_A_ROW || this.mayGoOn()); calls += 1) {
      const held = await leases.take(this.channel);
      if (held === undefined) return;
      const listings = await dueListings(pool, held, held.syncInventory, this.limitFor(held));
      if (listings.length === 0) return;
      if (!(await this.tell(held, listings))) return;
      // What changes meanwhile goes in one call, and of several figures of a listing the newest alone.
      await pause(timings.gatherMs, undefined, { signal: this.stopped }).catch(() => undefined);
    }
  }

  /** @returns whether to go on */
  private async tell(held: HeldChannel, listings: readonly ListingUpdate[]): Promise<boolean> {
    const { client, now, observe } = this.tools;
    await pause(this.rate(held.callsPerSecond).take(now()), undefined, { signal: this.stopped }).catch(() => undefined);
    if (this.stopped.aborted) return false;

    const message = signedMessage(held.tenant, held.channelId, listings, held.secret, now());
    const result = await client.post(held.url, message, this.stopped);
    if (this.stopped.aborted && result.kind === 'unanswered') return false;
    const verdict = judge(result, now());
    observe(verdict.kind, listings.length);
    return this.settle(held, listings, verdict);
  }

  private async settle(held: HeldChannel, listings: readonly ListingUpdate[], verdict: Verdict): Promise<boolean> {
    const { settlement, timings, random } = this.tools;
    const failures = held.failures + 1;
    switch (verdict.kind) {
      case 'delivered':
        await settlement.delivered(held, listings);
        this.listingsPerCall = Math.min(this.listingsPerCall * 2, MAX_LISTINGS_PER_CALL);
        return true;
      case 'rejected':
        return this.narrowDown(held, listings, verdict.fault);
      case 'slow_down':
        await settlement.pause(held, verdict.fault, pauseMs(failures, timings, random(), verdict.retryAfterMs));
        return false;
      case 'failed':
        await settlement.failed(held, listings, verdict.fault);
        await settlement.pause(held, verdict.fault, pauseMs(failures, timings, random(), verdict.retryAfterMs));
        return false;
      case 'gone':
        await settlement.failed(held, listings, verdict.fault);
        await settlement.gone(held, verdict.fault);
        return false;
    }
  }

  /** Halves the calls until the listing that the receiver refuses is alone, and pauses that one. */
  private async narrowDown(held: HeldChannel, listings: readonly ListingUpdate[], fault: string): Promise<boolean> {
    if (listings.length > 1) {
      this.listingsPerCall = Math.ceil(listings.length / 2);
      return true;
    }
    const { settlement, timings, random } = this.tools;
    await settlement.setAside(held, listings, fault, timings.backOff.mostMs * (0.5 + random() / 2));
    return true;
  }

  private limitFor(held: HeldChannel): number {
    return isOpen(held.failures, this.tools.timings) ? Math.min(PROBE_LISTINGS, this.listingsPerCall) : this.listingsPerCall;
  }
}
