import type { ChannelAlert, ErpAlert, LowStockAlert, WarehouseAlert, WarehouseTrouble } from '../messages.js';
import { objectOf } from './fields.js';
import type { ObjectSchema } from './json-schema.js';
import { identifier, madeId, oneOfStrings, signedUnits, text, time, units } from './primitives.js';

const alert = objectOf<LowStockAlert>(
  {
    kind: oneOfStrings('What happened.', ['low_stock', 'stock_out', 'back_in_stock', 'recovered', 'oversell_risk', 'promise_uncovered']),
    sku: identifier('Stock keeping unit.'),
    locationId: { optional: identifier('Location, where the alert is about one.') },
    available: signedUnits('Units available.'),
    threshold: signedUnits('Threshold that was crossed.'),
    ruleId: { optional: identifier("Rule that has the threshold; missing where it is the product's own or the usual one.") },
    recoveredFrom: { optional: oneOfStrings('What is over.', ['low_stock', 'oversell_risk', 'promise_uncovered']) },
    suppressed: { optional: units('Changes before this one that were not told.') },
    channelId: { optional: identifier('Channel that sold what was not there.') },
    orderId: { optional: text("The channel's order that was sold.", 300) },
    uncoveredUnits: { optional: units('Units promised that cannot be kept: of the order, or of the location.') },
  },
  { description: 'Stock that needs attention.' },
);

const channelAlert = objectOf<ChannelAlert>(
  {
    kind: oneOfStrings('What happened.', ['sync_failing', 'sync_recovered', 'drift', 'drift_recovered']),
    channelId: identifier('Sales channel.'),
    since: time('When it was first seen.'),
    says: { optional: text('Why telling the channel fails.', 300) },
    failures: { optional: units('Calls in a row that failed.') },
    openEntries: { optional: units('Open entries of the drift ledger that nothing of ours explains.') },
    oldestAt: { optional: time('When the oldest open entry was found.') },
  },
  { description: 'A sales channel that needs attention.' },
);

const erpAlert = objectOf<ErpAlert>(
  {
    kind: oneOfStrings('What happened.', ['erp_silent', 'erp_recovered']),
    connectionId: identifier('ERP connection.'),
    since: time('When it was read last, or began to be polled.'),
    says: { optional: text('Why it cannot be read.', 300) },
  },
  { description: 'An ERP connection that is not read.' },
);

const WAREHOUSE_TROUBLES: readonly WarehouseTrouble[] = [
  'expiring_soon',
  'expired_stock',
  'lot_discrepancy',
  'count_overdue',
  'put_away_overdue',
  'request_waiting',
  'request_reservation_lost',
  'replenishment_failed',
];

const warehouseAlert = objectOf<WarehouseAlert>(
  {
    kind: oneOfStrings('What happened.', [...WAREHOUSE_TROUBLES, 'recovered']),
    recoveredFrom: { optional: oneOfStrings('What is over.', WAREHOUSE_TROUBLES) },
    subject: text('What it is about: the same subject begins and ends.', 1_000),
    figure: signedUnits('Units, lines or days, by kind.'),
    since: time('When the trouble began.'),
    sku: { optional: identifier('Stock keeping unit.') },
    locationId: { optional: identifier('Location.') },
    lotId: { optional: identifier('Lot.') },
    expiryDate: {
      optional: { type: 'string', description: 'Calendar date on which the lot expires.', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
    },
    documentId: { optional: madeId('Count batch, put-away task, stock request or order of replenishment.') },
    says: { optional: text('In words, where more is known.', 300) },
  },
  { description: 'Work or goods of a warehouse that need somebody.' },
);

/** Schema of the data of each message on the topic of alerts. */
export const alertMessageSchemas = {
  'holdfast.inventory.alert.v1': alert,
  'holdfast.channel.alert.v1': channelAlert,
  'holdfast.erp.alert.v1': erpAlert,
  'holdfast.warehouse.alert.v1': warehouseAlert,
} as const satisfies Readonly<Record<string, ObjectSchema>>;
