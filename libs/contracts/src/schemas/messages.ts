import type { AtpChanged, ChannelAtpChanged, DeadLetter, ErpIssue, ErpLevel, ErpReading, ErpReceipt, StockEventData } from '../messages.js';
import { alertMessageSchemas } from './alert-messages.js';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import type { JsonSchema, ObjectSchema } from './json-schema.js';
import { reservationMessageSchemas } from './reservation-messages.js';
import {
  MAX_UNITS,
  decimal,
  identifier,
  instant,
  listOf,
  madeId,
  sentSku,
  signedUnits,
  tenantName,
  text,
  time,
  units,
} from './primitives.js';

const erpBase = {
  messageId: madeId('Unique per connection; the same again changes nothing.'),
  connectionId: identifier('ERP connection.'),
  warehouseId: identifier('Warehouse as the ERP names it.'),
  sku: sentSku('Stock keeping unit as the ERP names it.'),
};

const typed = (type: string): JsonSchema => ({ type: 'string', const: type });

/** What people send is closed: a misspelt field is told instead of lost. */
function erpData<T extends { readonly type: string }>(type: T['type'], fields: Fields<T>, description: string): ObjectSchema {
  const schema = objectOf<T>(fields, { description, closed: true });
  return { ...schema, properties: { type: typed(type), ...schema.properties }, required: ['type', ...schema.required] };
}

const posting = {
  quantity: units('Whole units, at least 1.', 1),
  postedAt: time('When the ERP posted it.'),
  documentId: { optional: text('Document of the ERP.', 200) },
  lotId: { optional: identifier('Lot of the units.') },
};
const expiryDate = (description: string) =>
  ({
    optional: { type: 'string', description: `${description} \`YYYY-MM-DD\`; only with a lot.`, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
  }) as const;

const level = erpData<ErpLevel>(
  'level',
  {
    ...erpBase,
    quantity: { type: 'integer', description: 'On hand by the ERP; may be negative.', minimum: -MAX_UNITS, maximum: MAX_UNITS },
    asOf: time('Time of the figure by the clock of the ERP.'),
    documentId: { optional: text('Document that changed the figure, such as the posting of units that the ERP blocked.', 200) },
  },
  "The ERP's absolute figure as of a time.",
);
const receipt = erpData<ErpReceipt>(
  'receipt',
  {
    ...erpBase,
    ...posting,
    expiryDate: expiryDate('Last day on which the lot may be sold; of a lot that is known already its own date stays.'),
    inboundReference: { optional: identifier('Announced delivery that this is, whole or in part.') },
  },
  'Goods arrived.',
);
const issue = erpData<ErpIssue>(
  'issue',
  {
    ...erpBase,
    ...posting,
    expiryDate: expiryDate('Date of the lot by the ERP; an issue changes none.'),
    orderId: { optional: identifier('Order whose commit this acknowledges.') },
  },
  'Goods left.',
);

const stockKey = { sku: identifier('Stock keeping unit.'), version: units('Counts up by one per key without a gap.', 1) };
const position = decimal('Position of the newest event that it reflects, decimal.');

const atp = objectOf<AtpChanged>(
  {
    ...stockKey,
    locationId: identifier('Location.'),
    onHand: signedUnits('Units that lie there.'),
    reserved: signedUnits('Units promised to orders.'),
    held: { optional: units('Units on hand that may not leave; none where missing.') },
    available: signedUnits('On hand minus reserved minus held.'),
    safetyStock: units('Units kept back from every channel.'),
    inTransit: signedUnits('Units on their way here.'),
    position,
    causes: listOf(madeId('Command, or for ERP messages their messageId.'), 'What made the change, newest last.', 20),
  },
  { description: 'Stock of one SKU at one location after a change.' },
);

const channelAtp = objectOf<ChannelAtpChanged>(
  {
    ...stockKey,
    channelId: identifier('Channel.'),
    atp: signedUnits('Units that the channel may promise, over all locations.'),
    locations: {
      optional: listOf(
        objectOf<{ readonly locationId: string; readonly atp: number }>({
          locationId: identifier('Location.'),
          atp: units('Units of it that the channel may promise.'),
        }),
        'The same by location, without locations that have none. Where caps or floors bind, together more than `atp`.',
      ),
    },
    position,
  },
  { description: 'What one channel may promise of one SKU.' },
);

const stockEvent = objectOf<StockEventData>(
  {
    stream: madeId('Stream of the event.'),
    revision: units('Place in its stream, from 0.'),
    position: decimal('Place in the order of all events, decimal.'),
    event: {
      type: 'object',
      description: 'Data of the event, see the reference of events.',
      properties: {},
      required: [],
      additionalProperties: true,
    },
  },
  { description: 'A domain event.' },
);

const erpReading = objectOf<ErpReading>(
  {
    connectionId: identifier('ERP connection.'),
    locationIds: listOf(identifier('Location.'), 'Locations that its warehouses are mapped to.'),
    asOf: { optional: time('When the last complete poll began; missing before the first one.') },
    staleAfterSeconds: units('The figures count as stale when they are older.'),
  },
  { description: 'How far an ERP connection that is polled was read.' },
);

/** Not wrapped in a CloudEvent: it carries whatever came, also what was none. */
export const deadLetterSchema = objectOf<DeadLetter>(
  {
    topic: madeId('Topic that it came from.'),
    partition: units('Partition.'),
    offset: decimal('Offset within the partition.'),
    timestamp: { optional: instant('When the bus took the message.') },
    key: { type: 'string', description: 'Key as it came.' },
    value: { oneOf: [{ type: 'string' }, { type: 'null' }], description: 'Message as it came.' },
    reason: objectOf<DeadLetter['reason']>({ code: madeId('Stable code.'), message: text('Names the field and the fix.', 2_000) }),
  },
  { description: 'A message that could not be processed.' },
);

/** Schema of the data of each CloudEvent that Holdfast reads or writes, by its type. */
export const messageDataSchemas = {
  'holdfast.erp.level.v1': level,
  'holdfast.erp.receipt.v1': receipt,
  'holdfast.erp.issue.v1': issue,
  'holdfast.inventory.atp.v1': atp,
  'holdfast.inventory.channel-atp.v1': channelAtp,
  ...alertMessageSchemas,
  'holdfast.erp.reading.v1': erpReading,
  ...reservationMessageSchemas,
} as const satisfies Readonly<Record<string, ObjectSchema>>;

export type MessageType = keyof typeof messageDataSchemas;

/** Data of the messages on `inventory.stock-events.v1`, whatever their type. */
export const stockEventDataSchema = stockEvent;

const envelopeFields = {
  specversion: typed('1.0'),
  id: madeId('Unique per source.'),
  source: { type: 'string', description: 'Who made it, a URI reference.', minLength: 1, maxLength: 500 },
  subject: { type: 'string', description: 'What it is about.', maxLength: 500 },
  time: time('When it happened.'),
  datacontenttype: typed('application/json'),
  tenant: tenantName('Tenant whose stock it is.'),
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** A CloudEvents envelope (structured JSON); attributes that it does not name are allowed, as CloudEvents has extensions. */
export const envelopeSchema = (type: JsonSchema, data: JsonSchema): ObjectSchema => ({
  type: 'object',
  properties: { ...envelopeFields, type, data },
  required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'tenant', 'data'],
  additionalProperties: true,
});
