import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { stockStream } from '@holdfast/ledger';

const PAGE = 200;

/** What a command changed the on hand of a SKU by, read from its newest event backwards; 0 where it changed nothing. */
export const changedBy =
  (store: Pick<EventStore, 'readStream'>) =>
  async (tenant: string, sku: string, commandId: string): Promise<number> => {
    const stream = stockStream({ tenant, sku });
    for (let from: number | undefined; ;) {
      const page = await store.readStream(stream, { direction: 'backwards', limit: PAGE, ...(from === undefined ? {} : { from }) });
      for (const { type, data } of page) {
        const event = STREAMS.stock.decode({ type, data });
        if (event.type === 'StockAdjusted' && event.commandId === commandId) return event.delta;
      }
      const oldest = page.at(-1)?.revision ?? 0;
      if (oldest === 0) return 0;
      from = oldest - 1;
    }
  };
