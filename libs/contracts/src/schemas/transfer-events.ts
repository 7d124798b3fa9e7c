import {
  LOSS_REASONS,
  type OverReceipt,
  type ReceiptLine,
  type ShortTransferLine,
  type TransferEvent,
  type TransferLine,
  type UnmovedLine,
} from '@holdfast/inventory';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { identifier, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends TransferEvent['type']> = Extract<TransferEvent, { readonly type: Type }>;

const line = objectOf<TransferLine>({
  sku: identifier('Stock keeping unit.'),
  quantity: units('Units.'),
  reservationId: { optional: madeId('Reservation whose units are shipped; missing for free units.') },
  holdId: { optional: madeId('Hold whose units are shipped; missing for free units.') },
  lotId: { optional: identifier('Lot of units that change bin; missing for units without a lot.') },
  fromBinId: { optional: identifier('Inside one location: the bin that the units leave.') },
  toBinId: { optional: identifier('Inside one location: the bin that they come to.') },
});
const unmovedLine = objectOf<UnmovedLine>({
  line: units('Place among the lines, from 0.'),
  code: text('Why, as a code.', 100),
  available: { optional: signedUnits('Units that could have been taken.') },
});
const over = objectOf<OverReceipt>({
  quantity: units('Units beyond what was on its way.', 1),
  reasonCode: text('Why, as a code.', 100),
});
const receiptLine = objectOf<ReceiptLine>({
  sku: identifier('Stock keeping unit.'),
  quantity: units('Good units that arrived.'),
  rejected: { optional: units('Units that arrived damaged, beside the good ones.', 1) },
  over: { optional: { ...over, description: 'Of the units that arrived, those beyond what was on its way.' } },
});
const shortLine = objectOf<ShortTransferLine>({
  sku: identifier('Stock keeping unit.'),
  requested: units('Units to ship.'),
  available: signedUnits('Units that could have been shipped.'),
  code: { optional: text('Why, as a code; missing where units are short.', 100) },
});

/** Fields of every event of a `transfer-{tenant}.{transferId}` stream. */
export const transferEventFields: { readonly [Type in TransferEvent['type']]: Fields<OfType<Type>> } = {
  TransferCreated: {
    transferId: madeId('Transfer.'),
    fromLocationId: identifier('Where the units lie.'),
    toLocationId: identifier('Where they go.'),
    lines: listOf(line, 'One line a SKU; inside one location one a SKU, lot and bins.'),
    note: { optional: text('Note of a person.') },
    requestHash: madeId('Of the request; a repeat carries the same.'),
    createdBy: { optional: text('Person or key; missing in transfers of earlier releases.') },
  },
  BinsChanged: { unmoved: listOf(unmovedLine, 'Lines whose units stayed where they were.') },
  ShipmentStarted: { shipmentId: madeId('Attempt to ship.') },
  Shipped: {},
  ShipmentTurnedBack: { lines: listOf(shortLine, 'What was short.') },
  ShipmentFailed: { lines: listOf(shortLine, 'What was short.') },
  ReceiptStarted: {
    receiptId: madeId('Receipt.'),
    lines: listOf(receiptLine, 'What arrived.'),
    receivedBy: { optional: madeId('Person or key.') },
  },
  ReceiptRecorded: { receiptId: madeId('Receipt.') },
  CancelStarted: {},
  Cancelled: {},
  CloseStarted: {
    reasonCode: oneOfStrings('Why the units never arrive.', LOSS_REASONS),
    reason: { optional: text('Why, in words.') },
  },
  Closed: {},
};
