import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Follower } from '../following/follow-events.js';
import type { Threshold } from './alert-rows.js';
import { applyThresholds } from './stock-watch.js';

const DESCRIBED = 'ProductDescribed';

/** Learns each product's threshold from its description, and weighs the SKU against it at once. */
export const thresholdFollower = (wakePublisher: () => void, now: () => number): Follower => ({
  name: 'low-stock-thresholds',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes([DESCRIBED]) },
  apply: async (client, events) => {
    await applyThresholds(client, newestThresholds(events), now());
  },
  applied: wakePublisher,
});

/** A description without a threshold leaves the one before as it was. */
export function newestThresholds(events: readonly RecordedEvent[]): readonly Threshold[] {
  const newest = new Map<string, Threshold>();
  for (const event of events) {
    const described = STREAMS.stock.decode(event);
    if (described.type !== DESCRIBED || described.lowStockThreshold === undefined) continue;
    const { tenant } = event.metadata;
    newest.set(event.stream, { tenant, sku: STREAMS.stock.idOf(event), threshold: described.lowStockThreshold, position: event.position });
  }
  return [...newest.values()];
}
