import { ProcessBusy, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { Pool } from 'pg';
import { unitsUncovered } from './line-parts.js';
import { mappedPlaces } from './mapped-places.js';
import type { OrderRef, StoredLine } from './order-line.js';
import { linesOf } from './order-table.js';
import type { OrderWork } from './order-work.js';
import { lineView } from './orders-view.js';
import type { ChannelOrderLineView } from './orders.dto.js';

export interface TakingAgainParts {
  readonly pool: Pool;
  /** The same that messages and orders of a channel are worked on under: one process at a time. */
  readonly processes: ProcessTable;
  readonly orders: OrderWork;
}

/** Takes a line of a channel's order again that was sold and not there, when a person says so. */
export class TakingAgain {
  constructor(private readonly parts: TakingAgainParts) {}

  /**
   * @throws Problem 404 `unknown_order_line`, 409 `line_not_uncovered`, `listing_not_mapped`, `insufficient_stock`, 503 `orders_busy` where another
   * process works on orders of the channel, or where the line could not be worked on now
   */
  async take(order: OrderRef, lineId: string): Promise<ChannelOrderLineView> {
    const { processes } = this.parts;
    await this.find(order, lineId);
    try {
      return await processes.hold({ tenant: order.tenant, id: order.channelId }, () => this.taken(order, lineId));
    } catch (error) {
      if (error instanceof ProcessBusy) throw busy();
      throw error;
    }
  }

  private async taken(order: OrderRef, lineId: string): Promise<ChannelOrderLineView> {
    const { pool, orders } = this.parts;
    const before = await this.find(order, lineId);
    if (before.status !== 'uncovered') throw new Problem(409, 'line_not_uncovered', 'All units of the line are covered', of(before));
    if (before.sku === null && before.mappedSku === null)
      throw new Problem(409, 'listing_not_mapped', 'The listing of the line is mapped to no SKU', of(before));
    await orders.takeAgain(order, before, await mappedPlaces(pool, order));
    const after = await this.find(order, lineId);
    if (after.intent !== null) throw busy();
    const [missing, stillMissing] = [unitsUncovered(before.parts), unitsUncovered(after.parts)];
    if (stillMissing > 0 && stillMissing === missing)
      throw new Problem(409, 'insufficient_stock', 'Nothing covers the units of the line', of(after, { uncovered: stillMissing }));
    return lineView(after);
  }

  /** @throws Problem 404 `unknown_order_line` */
  private async find(order: OrderRef, lineId: string): Promise<StoredLine> {
    const found = (await linesOf(this.parts.pool, order)).find((line) => line.lineId === lineId);
    if (found !== undefined) return found;
    const { channelId, orderId } = order;
    throw new Problem(404, 'unknown_order_line', 'There is no such line of an order', { details: [{ channelId, orderId, lineId }] });
  }
}

const of = ({ lineId, listingId, sku, status }: StoredLine, figures: Readonly<Record<string, unknown>> = {}) => ({
  details: [{ lineId, listingId, sku, status, ...figures }],
});

const busy = (): Problem =>
  new Problem(503, 'orders_busy', 'Orders of the channel are being worked on; send it again', { headers: { 'retry-after': '2' } });
