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

export type EventData = Readonly<Record<string, unknown>>;

/** Brings data of one stored version to the next: pure, and for ever right, as what it reads lies in people's stores. */
export type Upcast = (data: EventData) => EventData;

/** By the name of an event: the first brings version 1 to 2, the second 2 to 3. An event that is not named is at version 1. */
export type Upcasts<Event extends { readonly type: string }> = { readonly [Type in Event['type']]?: readonly Upcast[] };

/**
 * Every change of meaning of a stored event, by the family of its stream. Adding an upcast here is the whole change: from then on
 * Holdfast writes the next version, and every reader and every subscription's filter knows both.
 */
export const UPCASTS: {
  readonly stock: Upcasts<SkuEvent>;
  readonly order: Upcasts<OrderEvent>;
  readonly transfer: Upcasts<TransferEvent>;
  readonly request: Upcasts<RequestEvent>;
  readonly count: Upcasts<CountEvent>;
  readonly adjustment: Upcasts<AdjustmentEvent>;
  readonly replrule: Upcasts<ReplenishmentEvent>;
  readonly rebalance: Upcasts<RebalancingEvent>;
  readonly hold: Upcasts<HoldCallEvent>;
  readonly putaway: Upcasts<PutAwayEvent>;
  readonly bin: Upcasts<BinEvent>;
  readonly locations: Upcasts<LocationEvent>;
  readonly channels: Upcasts<ChannelEvent>;
} = {
  stock: {},
  order: {},
  transfer: {},
  request: {},
  count: {},
  adjustment: {},
  replrule: {},
  rebalance: {},
  hold: {},
  putaway: {},
  bin: {},
  locations: {},
  channels: {},
};
