import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { stockStream, type SkuRef } from '@holdfast/ledger';

const PAGE = 1_000;

/**
 * What happened to the SKU after the revision. Asked by a process that goes on with what another had begun: the SKU's state forgets commands
 * after a while, its stream does not.
 */
export async function eventsSince(store: EventStore, ref: SkuRef, revision: number): Promise<readonly SkuEvent[]> {
  const found: SkuEvent[] = [];
  for (let from = revision + 1; ;) {
    const page = await store.readStream(stockStream(ref), { from, limit: PAGE });
    for (const recorded of page) found.push(STREAMS.stock.decode(recorded));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return found;
    from = last.revision + 1;
  }
}
