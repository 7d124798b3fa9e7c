import type { ShortTransferLine, TransferEvent, TransferLine } from '@holdfast/inventory';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { identifier, listOf, madeId, signedUnits, text, units } from './primitives.js';

type OfType<Type extends TransferEvent['type']> = Extract<TransferEvent, { readonly type: Type }>;

const line = objectOf<TransferLine>({
  sku: identifier('Stock keeping unit.'),
  quantity: units('Units.'),
  reservationId: { optional: madeId('Reservation whose units are shipped; missing for free units.') },
});
const shortLine = objectOf<ShortTransferLine>({
  sku: identifier('Stock keeping unit.'),
  requested: units('Units to ship.'),
  available: signedUnits('Units that could have been shipped.'),
});

/** Fields of every event of a `transfer-{tenant}.{transferId}` stream. */
export const transferEventFields: { readonly [Type in TransferEvent['type']]: Fields<OfType<Type>> } = {
  TransferCreated: {
    transferId: madeId('Transfer.'),
    fromLocationId: identifier('Where the units lie.'),
    toLocationId: identifier('Where they go.'),
    lines: listOf(line, 'One line a SKU.'),
    note: { optional: text('Note of a person.') },
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  ShipmentStarted: { shipmentId: madeId('Attempt to ship.') },
  Shipped: {},
  ShipmentTurnedBack: { lines: listOf(shortLine, 'What was short.') },
  ShipmentFailed: { lines: listOf(shortLine, 'What was short.') },
  ReceiptStarted: { receiptId: madeId('Receipt.'), lines: listOf(line, 'What arrived.') },
  ReceiptRecorded: { receiptId: madeId('Receipt.') },
  CancelStarted: {},
  Cancelled: {},
};
