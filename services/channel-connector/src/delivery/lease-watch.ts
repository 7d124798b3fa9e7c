import type { VendorHttp } from '@holdfast/vendor-http';

/** Of the lease, as the store guarantees it whenever it says that the channel is held. */
const SURELY_LEFT = 0.6;

/**
 * Knows by this process's own clock how long it surely still is the writer of a channel. A process that was stopped for longer than its lease goes
 * on in the middle of a call; what it was about to send is older than what the next writer sent, so it must not leave any more.
 */
export class LeaseWatch {
  private until = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that runs on while the process is stopped */
  constructor(
    private readonly leaseMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Asks the store for the lease. @returns its answer, undefined where another process has the channel */
  async take<Held>(ask: () => Promise<Held | undefined>): Promise<Held | undefined> {
    const asked = this.now();
    const held = await ask();
    this.until = held === undefined ? Number.NEGATIVE_INFINITY : asked + this.leaseMs * SURELY_LEFT;
    return held;
  }

  get isHeld(): boolean {
    return this.now() < this.until;
  }

  /** A client whose calls are not sent where the lease may have ended. */
  guarding(http: VendorHttp): VendorHttp {
    return {
      call: (request) =>
        this.isHeld
          ? http.call(request)
          : Promise.resolve({ kind: 'unanswered', sent: false, fault: 'the lease of the channel ended before the call' }),
    };
  }
}
