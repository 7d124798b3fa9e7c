import { CannotUnseal, pause, type BackOff } from '@holdfast/kit';
import type { Verdict } from '@holdfast/vendor-http';
import type { DeliveryTable, WaitingAlert } from './delivery-table.js';
import { ALERTS_PER_TURN, LEASE_MS, MOST_REJECTIONS, TURN_MS, WEBHOOKS_AT_ONCE } from './limits.js';
import type { Receiver, Receivers } from './receivers.js';

export interface SendingParts {
  readonly table: DeliveryTable;
  readonly receivers: Receivers;
  readonly everyMs: number;
  readonly backOff: BackOff;
  readonly onFault: (error: unknown) => void;
}

/** Sends alerts to receivers: each in the sequence of the alerts, by one process at a time, again and again until it is taken. */
export class Sending {
  private readonly stopping = new AbortController();
  private woken = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SendingParts) {}

  start(): void {
    this.loop = this.run();
  }

  /** There may be something to send. */
  nudge(): void {
    this.woken.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { everyMs, onFault } = this.parts;
    while (!this.stopping.signal.aborted) {
      this.woken = new AbortController();
      await this.look().catch(onFault);
      await pause(everyMs, AbortSignal.any([this.stopping.signal, this.woken.signal]));
    }
  }

  private async look(): Promise<void> {
    for (;;) {
      const due = this.stopping.signal.aborted ? [] : await this.parts.table.claim(LEASE_MS, WEBHOOKS_AT_ONCE);
      if (due.length === 0) return;
      await Promise.all(due.map((receiver) => this.turn(receiver)));
    }
  }

  private async turn(receiver: Receiver): Promise<void> {
    const { table, onFault } = this.parts;
    const began = performance.now();
    try {
      for (const alert of await table.waiting(receiver, ALERTS_PER_TURN)) {
        if (this.stopping.signal.aborted || performance.now() - began > TURN_MS) break;
        if (!(await this.isSent(receiver, alert))) break;
      }
      await table.release(receiver);
    } catch (error) {
      onFault(error);
    }
  }

  /** @returns whether the next alert may be sent now */
  private async isSent(receiver: Receiver, alert: WaitingAlert): Promise<boolean> {
    const { table, receivers, backOff } = this.parts;
    let verdict: Verdict;
    try {
      verdict = await receivers.sendAlert(receiver, alert, this.stopping.signal);
    } catch (error) {
      if (!(error instanceof CannotUnseal)) throw error;
      await table.postpone(receiver, alert.id, error.message, backOff.mostMs, backOff);
      return false;
    }
    // What was cut off by our own end is sent again by the next process; the receiver knows it by its id.
    if (this.stopping.signal.aborted && verdict.kind !== 'delivered') return false;
    switch (verdict.kind) {
      case 'delivered':
        await table.delivered(receiver, alert.id);
        return true;
      case 'gone':
        await table.gone(receiver, verdict.fault);
        return false;
      case 'rejected':
        if (alert.attempts + 1 < MOST_REJECTIONS) return this.postponed(receiver, alert, verdict.fault, 0);
        await table.leftOut(receiver, alert.id, verdict.fault);
        return true;
      case 'unauthorized':
        return this.postponed(receiver, alert, verdict.fault, 0);
      case 'slow_down':
      case 'failed':
        return this.postponed(receiver, alert, verdict.fault, verdict.retryAfterMs);
      default:
        return verdict satisfies never;
    }
  }

  private async postponed(receiver: Receiver, { id }: WaitingAlert, fault: string, leastMs: number): Promise<false> {
    await this.parts.table.postpone(receiver, id, fault, leastMs, this.parts.backOff);
    return false;
  }
}
