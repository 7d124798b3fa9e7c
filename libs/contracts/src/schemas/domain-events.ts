import type { StreamFamily } from '../streams/family.js';
import { STREAMS, type StreamFamilyName } from '../streams/families.js';
import { binEventFields } from './bin-events.js';
import { countEventFields } from './count-events.js';
import { adjustmentEventFields } from './adjustment-events.js';
import { holdCallEventFields } from './hold-call-events.js';
import { objectOf } from './fields.js';
import type { Fields } from './fields.js';
import type { ObjectSchema } from './json-schema.js';
import { orderEventFields } from './order-events.js';
import { putAwayEventFields } from './put-away-events.js';
import { requestEventFields } from './request-events.js';
import { rebalancingEventFields } from './rebalancing-events.js';
import { replenishmentEventFields } from './replenishment-events.js';
import { skuEventFields } from './sku-events.js';
import { channelEventFields, locationEventFields } from './tenant-events.js';
import { transferEventFields } from './transfer-events.js';

type SchemasByType = Readonly<Record<string, ObjectSchema>>;

function schemasOf<Type extends string>(
  family: Pick<StreamFamily<{ readonly type: Type }>, 'types' | 'newestType'>,
  fieldsByType: Readonly<Record<Type, object>>,
  closed: boolean,
): SchemasByType {
  const schemaOf = (type: Type): ObjectSchema => objectOf(fieldsByType[type] as Fields<Record<string, unknown>>, { closed });
  return Object.fromEntries(family.types.map((type) => [family.newestType(type), schemaOf(type)]));
}

const schemasByFamily = (closed: boolean): Readonly<Record<StreamFamilyName, SchemasByType>> => ({
  stock: schemasOf(STREAMS.stock, skuEventFields, closed),
  order: schemasOf(STREAMS.order, orderEventFields, closed),
  transfer: schemasOf(STREAMS.transfer, transferEventFields, closed),
  request: schemasOf(STREAMS.request, requestEventFields, closed),
  count: schemasOf(STREAMS.count, countEventFields, closed),
  adjustment: schemasOf(STREAMS.adjustment, adjustmentEventFields, closed),
  rebalance: schemasOf(STREAMS.rebalance, rebalancingEventFields, closed),
  replrule: schemasOf(STREAMS.replrule, replenishmentEventFields, closed),
  hold: schemasOf(STREAMS.hold, holdCallEventFields, closed),
  putaway: schemasOf(STREAMS.putaway, putAwayEventFields, closed),
  bin: schemasOf(STREAMS.bin, binEventFields, closed),
  locations: schemasOf(STREAMS.locations, locationEventFields, closed),
  channels: schemasOf(STREAMS.channels, channelEventFields, closed),
});

/** Schema of the data of every event by the type under which it is stored today, grouped by the family of streams that it occurs in. */
export const domainEventSchemas = schemasByFamily(false);

/** The same without room for unknown fields; for tests of what this version writes itself. */
export const strictDomainEventSchemas = schemasByFamily(true);
