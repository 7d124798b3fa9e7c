import type {
  ApprovedLine,
  Author,
  LineReservation,
  RequestedLine,
  RequestEvent,
  RequestHeader,
  ShippedLine,
  ShortRequestLine,
} from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { flag, identifier, instant, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends RequestEvent['type']> = Extract<RequestEvent, { readonly type: Type }>;

const lineId = madeId('Line of the request.');
const sku = identifier('Stock keeping unit.');
const reasonCode = identifier('Why the units are needed, or why fewer are approved.');
const requestedLine = objectOf<RequestedLine>({
  lineId,
  sku,
  quantity: units('Units asked for.', 1),
  reasonCode: { optional: reasonCode },
});
const approvedLine = objectOf<ApprovedLine>({ lineId, quantity: units('Units approved.'), reasonCode: { optional: reasonCode } });
const shippedLine = objectOf<ShippedLine>({ lineId, quantity: units('Units shipped.', 1) });
const reservation = objectOf<LineReservation>({
  lineId,
  reserved: units('Units held for the line.'),
  waiting: units('Units that wait for supply.'),
});
const shortLine = objectOf<ShortRequestLine>({
  lineId,
  sku,
  requested: units('Units to reserve or to ship.'),
  available: signedUnits('Units that were there for it.'),
  code: identifier('What kept it.'),
});

const author: Fields<Author> = {
  by: madeId('Subject of the credential that acted.'),
  person: madeId('The person behind it; of a key, the one who made it.'),
};
const comment = text('What the person wrote.', 2_000);
const fromLocationId = identifier('Where the units lie.');
const toLocationId = identifier('Where they go; missing where they are used up at the source.');
const priority = oneOfStrings('How urgent it is.', ['normal', 'high', 'urgent'] satisfies readonly RequestHeader['priority'][]);
const neededBy = text('Day on which the units are needed, YYYY-MM-DD.', 10);
const reason = text('Why they are needed.', 500);

/** Fields of every event of a `request-{tenant}.{requestId}` stream. */
export const requestEventFields: { readonly [Type in RequestEvent['type']]: Fields<OfType<Type>> } = {
  RequestCreated: {
    requestId: madeId('Request.'),
    number: madeId('Its number for people.'),
    fromLocationId,
    toLocationId: { optional: toLocationId },
    priority,
    neededBy: { optional: neededBy },
    reason: { optional: reason },
    lines: listOf(requestedLine, 'One line a SKU.'),
    requestHash: madeId('Of the request; a repeat carries the same.'),
    ...author,
  },
  RequestEdited: {
    fromLocationId: { optional: fromLocationId },
    toLocationId: { optional: toLocationId },
    priority: { optional: priority },
    neededBy: { optional: neededBy },
    reason: { optional: reason },
    lines: { optional: listOf(requestedLine, 'All lines from now on.') },
    ...author,
  },
  RequestDeleted: author,
  RequestSubmitted: { ...author, comment: { optional: comment } },
  RequestApprovalStarted: {
    approvalId: madeId('Attempt to reserve; with the id of a line behind it, the reservation in the stream of its SKU.'),
    lines: listOf(approvedLine, 'What was approved, or is reserved again.'),
    partial: flag('Whether what is there is reserved, and the rest waits.'),
    expiresAt: instant('When the reservations end by themselves.'),
    ...author,
    comment: { optional: comment },
  },
  RequestApproved: { reservations: listOf(reservation, 'What is held for the lines.') },
  RequestApprovalFailed: { lines: listOf(shortLine, 'What was short.') },
  RequestRejected: { ...author, comment },
  RequestReleaseStarted: {
    to: oneOfStrings('How the request is afterwards.', ['submitted', 'cancelled', 'fulfilled']),
    ...author,
    comment: { optional: comment },
  },
  RequestReleased: {},
  RequestRolledBack: { to: oneOfStrings('How the request is now.', ['draft', 'submitted', 'approved']), ...author, comment },
  RequestFulfilmentStarted: { ...author, comment: { optional: comment } },
  RequestShipmentStarted: {
    shipmentId: madeId('Shipment; the same again changes nothing.'),
    lines: listOf(shippedLine, 'What is shipped.'),
    closeRemainder: flag('Whether the rest is cancelled afterwards.'),
    ...author,
    comment: { optional: comment },
  },
  RequestShipped: {
    lines: listOf(shippedLine, 'What left.'),
    transferId: { optional: madeId('Transfer that carries the units; missing where they were used.') },
  },
  RequestShipmentFailed: { lines: listOf(shortLine, 'What was short.') },
  RequestReservationsChecked: { reservations: listOf(reservation, 'What is held for these lines now.') },
  RequestShipmentReturned: {
    transferId: madeId('Transfer that was cancelled.'),
    lines: listOf(shippedLine, 'Units that are back.'),
    by: madeId('Who reported it.'),
  },
  RequestCommented: { commentId: madeId('Comment.'), text: comment, ...author },
};
