import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges } from '@holdfast/inventory';
import { STREAMS } from '@holdfast/contracts';
import type { StreamReader } from '../storage/sku-history.js';
import type { AsOfBalance } from './as-of-balance.js';
import { SkuHistory } from './sku-history.js';

/** Events that explain the present of a long stream. */
const RECENT = 2_000;

/** The present of a SKU, as somebody knows it without reading its stream. */
export interface PresentStock {
  /** Revision of the newest event. */
  readonly revision: number;
  readonly balances: readonly AsOfBalance[];
}

/**
 * The newest events of a long stream, with an opening in place of those before, so that the balances come out as given. Of the present
 * only: what the figures of earlier events contained is not known.
 */
export async function recentHistory(
  store: StreamReader,
  stream: string,
  { revision, balances }: PresentStock,
  most: number = RECENT,
): Promise<SkuHistory> {
  const firstRevision = Math.max(0, revision + 1 - most);
  const [[first], events] = await Promise.all([
    store.readStream(stream, { limit: 1 }),
    store.readStream(stream, { from: firstRevision, limit: revision + 1 - firstRevision }),
  ]);
  const opening = openingOf(balances, events);
  const history = new SkuHistory({ firstRevision, recordedAt: first?.recordedAt ?? 0, balances: opening });
  for (const event of events) history.add(event);
  return history;
}

/** The balances less what the events changed. Safety stock is set, not changed: the present one holds throughout. */
function openingOf(balances: readonly AsOfBalance[], events: readonly RecordedEvent[]): readonly AsOfBalance[] {
  const opening = new Map(balances.map((balance) => [balance.locationId, { ...balance }]));
  for (const recorded of events) {
    for (const { place, onHand, reserved, inTransit, held = 0 } of balanceChanges(STREAMS.stock.decode(recorded))) {
      const balance = opening.get(place.locationId);
      if (balance === undefined) continue;
      balance.onHand -= onHand;
      balance.reserved -= reserved;
      balance.inTransit -= inTransit;
      balance.held -= held;
    }
  }
  return [...opening.values()];
}
