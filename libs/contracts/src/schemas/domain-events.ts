import type { ChannelEvent, LocationEvent, OrderEvent, SkuEvent, TransferEvent } from '@holdfast/inventory';
import { objectOf } from './fields.js';
import type { Fields } from './fields.js';
import type { ObjectSchema } from './json-schema.js';
import { orderEventFields } from './order-events.js';
import { skuEventFields } from './sku-events.js';
import { channelEventFields, locationEventFields } from './tenant-events.js';
import { transferEventFields } from './transfer-events.js';

/** Everything that a decision may append to a stream. */
export type DomainEvent = SkuEvent | OrderEvent | TransferEvent | LocationEvent | ChannelEvent;

export type StreamFamily = 'stock' | 'order' | 'transfer' | 'locations' | 'channels';

const familyFields = {
  stock: skuEventFields,
  order: orderEventFields,
  transfer: transferEventFields,
  locations: locationEventFields,
  channels: channelEventFields,
} as const;

const schemasOf = (fieldsByType: Readonly<Record<string, object>>, closed: boolean): Readonly<Record<string, ObjectSchema>> =>
  Object.fromEntries(
    Object.entries(fieldsByType).map(([type, fields]) => [`${type}.v1`, objectOf(fields as Fields<Record<string, unknown>>, { closed })]),
  );

const schemasByFamily = (closed: boolean): Readonly<Record<StreamFamily, Readonly<Record<string, ObjectSchema>>>> => ({
  stock: schemasOf(familyFields.stock, closed),
  order: schemasOf(familyFields.order, closed),
  transfer: schemasOf(familyFields.transfer, closed),
  locations: schemasOf(familyFields.locations, closed),
  channels: schemasOf(familyFields.channels, closed),
});

/** Schema of the data of every stored event by its versioned type, grouped by the family of streams that it occurs in. */
export const domainEventSchemas = schemasByFamily(false);

/** The same without room for unknown fields; for tests of what this version writes itself. */
export const strictDomainEventSchemas = schemasByFamily(true);

/** Names of the streams that hold domain events start with one of these. */
export const DOMAIN_STREAM_PREFIXES: readonly string[] = Object.keys(familyFields).map((family) => `${family}-`);
