import { readEvent, STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { evolveSku, initialSkuState } from '@holdfast/inventory';
import type { SkuState } from '@holdfast/inventory';

const PAGE = 1_000;

/** The log that the events come from. */
export type StreamReader = Pick<EventStore, 'readStream'>;

/**
 * The state of a SKU before one event of its stream, by the rules of the domain. Only SKUs with limits need it: what their channels may
 * promise depends on the reservations of each, which the tables do not tell.
 */
export async function skuStateBefore(store: StreamReader, tenant: string, sku: string, revision: number): Promise<SkuState> {
  const state = initialSkuState();
  const stream = STREAMS.stock.streamOf(tenant, sku);
  for (let from = 0; from < revision;) {
    const events = await store.readStream(stream, { from, limit: Math.min(PAGE, revision - from) });
    if (events.length === 0) throw new Error(`${stream} has no event ${String(from)}, but ${String(revision)} was read`);
    for (const recorded of events) {
      const read = readEvent(recorded);
      if (read.family === 'stock') evolveSku(state, read.event, recorded.metadata.at);
    }
    from += events.length;
  }
  return state;
}
