import type { RecordedEvent } from '@holdfast/event-store';
import { skuCodec } from '@holdfast/ledger';
import type { Follower } from '../following/follow-events.js';
import type { Threshold } from './alert-rows.js';
import { applyThresholds } from './stock-watch.js';

const DESCRIBED = 'ProductDescribed';

/** Learns each product's threshold from its description, and weighs the SKU against it at once. */
export const thresholdFollower = (wakePublisher: () => void): Follower => ({
  name: 'low-stock-thresholds',
  filter: { streamPrefixes: ['stock-'], types: [`${DESCRIBED}.v1`] },
  apply: async (client, events) => {
    await applyThresholds(client, newestThresholds(events));
  },
  applied: wakePublisher,
});

/** A description without a threshold leaves the one before as it was. */
export function newestThresholds(events: readonly RecordedEvent[]): readonly Threshold[] {
  const newest = new Map<string, Threshold>();
  for (const event of events) {
    const described = skuCodec.decode(event);
    if (described.type !== DESCRIBED || described.lowStockThreshold === undefined) continue;
    const { tenant } = event.metadata;
    const sku = event.stream.slice(`stock-${tenant}.`.length);
    newest.set(event.stream, { tenant, sku, threshold: described.lowStockThreshold, position: event.position });
  }
  return [...newest.values()];
}
