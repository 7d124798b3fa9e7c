import { domainEventOf } from '@holdfast/contracts';
import type { DomainEvent } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { ChannelEvent, LocationEvent, OrderEvent, SkuEvent } from '@holdfast/inventory';

/** A recorded event as the projection sees it; `key` is what follows the tenant in the stream's name: the SKU, the reservation. */
export type ProjectedEvent =
  | { readonly family: 'stock'; readonly key: string; readonly event: SkuEvent }
  | { readonly family: 'order'; readonly key: string; readonly event: OrderEvent }
  | { readonly family: 'locations'; readonly event: LocationEvent }
  | { readonly family: 'channels'; readonly event: ChannelEvent }
  /** Published, but no row depends on it: what a transfer does to stock is told by the SKUs' own events. */
  | { readonly family: 'other' };

/** Family of a stream and what follows the tenant in its name, without a look at the event itself. */
export function streamParts({ stream, metadata }: RecordedEvent): { readonly family: string; readonly key: string } {
  const family = stream.slice(0, stream.indexOf('-'));
  return { family, key: stream.slice(family.length + 1 + metadata.tenant.length + 1) };
}

const readAs = <Event extends DomainEvent>(recorded: RecordedEvent): Event => domainEventOf(recorded) as Event;

/** What a recorded event is about, by the family of its stream (`stock-{tenant}.{sku}`, `order-{tenant}.{reservationId}`, …). */
export function projectedEvent(recorded: RecordedEvent): ProjectedEvent {
  const { family, key } = streamParts(recorded);
  switch (family) {
    case 'stock':
      return { family, key, event: readAs<SkuEvent>(recorded) };
    case 'order':
      return { family, key, event: readAs<OrderEvent>(recorded) };
    case 'locations':
      return { family, event: readAs<LocationEvent>(recorded) };
    case 'channels':
      return { family, event: readAs<ChannelEvent>(recorded) };
    default:
      return { family: 'other' };
  }
}

/** Whether the event changes what a whole channel may promise; such a one is a turn of its own. */
export const isChannelEvent = (recorded: RecordedEvent): boolean => recorded.stream.startsWith('channels-');

/** Cuts a batch so that each channel event stands alone and the rest stays in order. */
export function turnsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const turns: RecordedEvent[][] = [];
  let current: RecordedEvent[] | undefined;
  for (const event of events) {
    if (isChannelEvent(event)) {
      turns.push([event]);
      current = undefined;
    } else {
      if (current === undefined) turns.push((current = []));
      current.push(event);
    }
  }
  return turns;
}
