import type { ChannelEvent, LocationEvent, OrderEvent, SkuEvent, TransferEvent } from '@holdfast/inventory';
import type {
  AdjustmentEvent,
  BinEvent,
  CountEvent,
  HoldCallEvent,
  PutAwayEvent,
  RebalancingEvent,
  ReplenishmentEvent,
  RequestEvent,
} from '@holdfast/warehouse';
import { binEventFields } from '../schemas/bin-events.js';
import { countEventFields } from '../schemas/count-events.js';
import { adjustmentEventFields } from '../schemas/adjustment-events.js';
import { holdCallEventFields } from '../schemas/hold-call-events.js';
import { orderEventFields } from '../schemas/order-events.js';
import { putAwayEventFields } from '../schemas/put-away-events.js';
import { rebalancingEventFields } from '../schemas/rebalancing-events.js';
import { replenishmentEventFields } from '../schemas/replenishment-events.js';
import { requestEventFields } from '../schemas/request-events.js';
import { skuEventFields } from '../schemas/sku-events.js';
import { channelEventFields, locationEventFields } from '../schemas/tenant-events.js';
import { transferEventFields } from '../schemas/transfer-events.js';
import { KeyedStreams, TenantStreams, UnreadableEvent, type InStream, type StreamFamily } from './family.js';
import { UPCASTS } from './upcasts.js';

const namesIn = <Name extends string>(fields: Readonly<Record<Name, object>>): readonly Name[] => Object.keys(fields) as Name[];

/** Every family of streams that holds domain events. */
export const STREAMS = {
  stock: new KeyedStreams<SkuEvent, 'stock'>('stock', namesIn(skuEventFields), UPCASTS.stock),
  order: new KeyedStreams<OrderEvent, 'order'>('order', namesIn(orderEventFields), UPCASTS.order),
  transfer: new KeyedStreams<TransferEvent, 'transfer'>('transfer', namesIn(transferEventFields), UPCASTS.transfer),
  request: new KeyedStreams<RequestEvent, 'request'>('request', namesIn(requestEventFields), UPCASTS.request),
  count: new KeyedStreams<CountEvent, 'count'>('count', namesIn(countEventFields), UPCASTS.count),
  adjustment: new KeyedStreams<AdjustmentEvent, 'adjustment'>('adjustment', namesIn(adjustmentEventFields), UPCASTS.adjustment),
  replrule: new KeyedStreams<ReplenishmentEvent, 'replrule'>('replrule', namesIn(replenishmentEventFields), UPCASTS.replrule),
  rebalance: new KeyedStreams<RebalancingEvent, 'rebalance'>('rebalance', namesIn(rebalancingEventFields), UPCASTS.rebalance),
  hold: new KeyedStreams<HoldCallEvent, 'hold'>('hold', namesIn(holdCallEventFields), UPCASTS.hold),
  putaway: new KeyedStreams<PutAwayEvent, 'putaway'>('putaway', namesIn(putAwayEventFields), UPCASTS.putaway),
  bin: new KeyedStreams<BinEvent, 'bin'>('bin', namesIn(binEventFields), UPCASTS.bin),
  locations: new TenantStreams<LocationEvent, 'locations'>('locations', namesIn(locationEventFields), UPCASTS.locations),
  channels: new TenantStreams<ChannelEvent, 'channels'>('channels', namesIn(channelEventFields), UPCASTS.channels),
} as const;

export type StreamFamilyName = keyof typeof STREAMS;

/** Everything that a decision may append to a stream. */
export type DomainEvent =
  | SkuEvent
  | OrderEvent
  | TransferEvent
  | RequestEvent
  | CountEvent
  | AdjustmentEvent
  | ReplenishmentEvent
  | RebalancingEvent
  | HoldCallEvent
  | PutAwayEvent
  | BinEvent
  | LocationEvent
  | ChannelEvent;

/** Names of the streams that hold domain events start with one of these. */
export const DOMAIN_STREAM_PREFIXES: readonly string[] = Object.values(STREAMS).map(({ prefix }) => prefix);

/** A recorded event with the family of its stream; `key` is the stream's id: the SKU, the reservation, the transfer, the adjustment. */
export type ReadEvent =
  | { readonly family: 'stock'; readonly key: string; readonly event: SkuEvent }
  | { readonly family: 'order'; readonly key: string; readonly event: OrderEvent }
  | { readonly family: 'transfer'; readonly key: string; readonly event: TransferEvent }
  | { readonly family: 'request'; readonly key: string; readonly event: RequestEvent }
  | { readonly family: 'count'; readonly key: string; readonly event: CountEvent }
  | { readonly family: 'adjustment'; readonly key: string; readonly event: AdjustmentEvent }
  | { readonly family: 'replrule'; readonly key: string; readonly event: ReplenishmentEvent }
  | { readonly family: 'rebalance'; readonly key: string; readonly event: RebalancingEvent }
  | { readonly family: 'hold'; readonly key: string; readonly event: HoldCallEvent }
  | { readonly family: 'putaway'; readonly key: string; readonly event: PutAwayEvent }
  | { readonly family: 'bin'; readonly key: string; readonly event: BinEvent }
  | { readonly family: 'locations'; readonly event: LocationEvent }
  | { readonly family: 'channels'; readonly event: ChannelEvent };

const nameIn = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** Reads an event of any family. @throws UnreadableEvent, also for a stream that is of none */
export function readEvent(recorded: InStream): ReadEvent {
  const family = nameIn(recorded.stream);
  switch (family) {
    case 'stock':
      return { family, key: STREAMS.stock.idOf(recorded), event: STREAMS.stock.decode(recorded) };
    case 'order':
      return { family, key: STREAMS.order.idOf(recorded), event: STREAMS.order.decode(recorded) };
    case 'transfer':
      return { family, key: STREAMS.transfer.idOf(recorded), event: STREAMS.transfer.decode(recorded) };
    case 'request':
      return { family, key: STREAMS.request.idOf(recorded), event: STREAMS.request.decode(recorded) };
    case 'count':
      return { family, key: STREAMS.count.idOf(recorded), event: STREAMS.count.decode(recorded) };
    case 'adjustment':
      return { family, key: STREAMS.adjustment.idOf(recorded), event: STREAMS.adjustment.decode(recorded) };
    case 'replrule':
      return { family, key: STREAMS.replrule.idOf(recorded), event: STREAMS.replrule.decode(recorded) };
    case 'rebalance':
      return { family, key: STREAMS.rebalance.idOf(recorded), event: STREAMS.rebalance.decode(recorded) };
    case 'hold':
      return { family, key: STREAMS.hold.idOf(recorded), event: STREAMS.hold.decode(recorded) };
    case 'putaway':
      return { family, key: STREAMS.putaway.idOf(recorded), event: STREAMS.putaway.decode(recorded) };
    case 'bin':
      return { family, key: STREAMS.bin.idOf(recorded), event: STREAMS.bin.decode(recorded) };
    case 'locations':
      return { family, event: STREAMS.locations.decode(recorded) };
    case 'channels':
      return { family, event: STREAMS.channels.decode(recorded) };
    default:
      throw new UnreadableEvent(recorded.type, `${recorded.stream} is no stream of Holdfast`);
  }
}

const FAMILIES: ReadonlyMap<string, Pick<StreamFamily<DomainEvent>, 'newest'>> = new Map(Object.entries(STREAMS));

/** An event of any family as its newest version would be stored; one that cannot be read stays as it is. */
export function newestVersion<Stored extends InStream>(recorded: Stored): Stored {
  return FAMILIES.get(nameIn(recorded.stream))?.newest(recorded) ?? recorded;
}
