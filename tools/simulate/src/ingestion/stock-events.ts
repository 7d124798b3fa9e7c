import { cloudEvent, newestVersion, STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { topicKey } from '@holdfast/ingestion';
import type { World } from '../world.js';

const PAGE = 500;
const LATE_MS = { least: 10, most: 900 } as const;
/** Rate of pages that are published twice, as after a restart of the projection. */
const TWICE = 0.1;

/** Publishes the events of stock in their order, late, as the projection does; it outlives every process. */
export async function publishStockEvents(world: World): Promise<never> {
  const { log, time, stockEvents } = world;
  const random = world.random.fork();
  let after = -1n;
  for (;;) {
    await time.sleep(random.between(LATE_MS.least, LATE_MS.most));
    const { events } = await log.store.readAll({ after, limit: PAGE });
    const messages = events.filter((event) => STREAMS.stock.holds(event)).map(messageOf);
    stockEvents.publish(messages);
    if (random.chance(TWICE)) continue;
    after = events.at(-1)?.position ?? after;
  }
}

function messageOf(event: RecordedEvent) {
  const { type, data } = newestVersion(event);
  const { tenant, at } = event.metadata;
  const sku = STREAMS.stock.idOf(event);
  const message = cloudEvent({
    id: event.id,
    source: 'holdfast/atp-projection',
    type: `holdfast.stock.${type}`,
    subject: sku,
    at,
    tenant,
    data: { stream: event.stream, revision: event.revision, position: event.position.toString(), event: data },
  });
  return { key: topicKey(tenant, sku), value: JSON.stringify(message) };
}
