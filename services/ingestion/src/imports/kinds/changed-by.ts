import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { stockStream } from '@holdfast/ledger';

const PAGE = 200;
/** Clocks of processes and of the store differ. */
const CLOCKS_DIFFER_MS = 300_000;

/**
 * What a command changed the on hand of a SKU by, read from its newest event backwards; undefined where it is not among them.
 * @param since epoch milliseconds: it cannot be older
 */
export type ChangedBy = (tenant: string, sku: string, commandId: string, since?: number) => Promise<number | undefined>;

export const changedBy =
  (store: Pick<EventStore, 'readStream'>): ChangedBy =>
  async (tenant, sku, commandId, since = 0) => {
    const stream = stockStream({ tenant, sku });
    for (let from: number | undefined; ;) {
      const page = await store.readStream(stream, { direction: 'backwards', limit: PAGE, ...(from === undefined ? {} : { from }) });
      for (const { type, data } of page) {
        const event = STREAMS.stock.decode({ type, data });
        if (event.type === 'StockAdjusted' && event.commandId === commandId) return event.delta;
      }
      const oldest = page.at(-1);
      if (oldest === undefined || oldest.revision === 0 || oldest.recordedAt < since - CLOCKS_DIFFER_MS) return undefined;
      from = oldest.revision - 1;
    }
  };
