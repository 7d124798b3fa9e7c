import type { ShortLine } from '@holdfast/inventory';
import { pauseOn, uuidOf } from '@holdfast/kit';
import { FOLLOW_FIRST_PAUSE_MS, FOLLOW_MOST_PAUSE_MS, patienceMs } from '../../limits.js';
import type { OrderEnvironment } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import type { KnownOrder } from '../order-streams.js';
import { releaseHolds } from '../release-holds.js';

/** Waits for the process that drives a try, and ends the try where that process stopped. */
export class Following {
  constructor(private readonly env: OrderEnvironment) {}

  /** Returns the outcome of the try. A driver without a new event for `patienceMs` counts as stopped, and the try is ended. */
  async outcome(ref: OrderRef, known: KnownOrder): Promise<KnownOrder> {
    let order = known;
    let aliveAt = known.state.aliveAt;
    let pauseMs = FOLLOW_FIRST_PAUSE_MS;
    while (order.state.phase === 'started') {
      const isQuiet = this.env.clock.now() >= aliveAt + patienceMs(order.state.ttlMs);
      if (!isQuiet) {
        await pauseOn(this.env.timers, pauseMs);
        pauseMs = Math.min(FOLLOW_MOST_PAUSE_MS, pauseMs * 2);
      }
      const newer = isQuiet ? await this.interrupt(ref, order) : await this.env.streams.load(ref);
      // The event counts from when it is seen here: its own time is from before it waited in the store.
      if (newer.revision !== order.revision) aliveAt = this.env.clock.now();
      order = newer;
    }
    return order;
  }

  /**
   * Ends a try whose driver stopped. It appends the refusal first, so that the driver, if it still runs, cannot conclude the try; then it
   * releases the holds. The watch finds a hold that is placed later still.
   * @returns the order unended where its driver has shown itself since
   */
  async interrupt(ref: OrderRef, order: KnownOrder): Promise<KnownOrder> {
    const { lines, aliveAt } = order.state;
    const ended = await this.env.streams.execute(
      ref,
      {
        type: 'RefuseOrder',
        at: this.env.clock.now(),
        commandId: uuidOf(`${ref.reservationId}|refuse`),
        lines: lines.map(({ sku, requested }) => interrupted({ sku, requested, available: 0 })),
        unlessAliveSince: aliveAt,
      },
      order,
    );
    const skus = lines.map(({ sku }) => sku);
    if (ended.order.state.phase === 'refused') await releaseHolds(this.env, ref, skus, {});
    return ended.order;
  }
}

/** The line of a try that was ended before the SKUs decided it. */
export const interrupted = (line: ShortLine): ShortLine => ({ ...line, code: 'interrupted' });
