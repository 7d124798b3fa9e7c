import { LOSS_REASONS } from '@holdfast/inventory';
import type { BackorderPolicy, InboundArrival, ProductUnit, SkuEvent, WaitingUnits } from '@holdfast/inventory';
import { detailEventFields } from './detail-events.js';
import { objectOf, type Fields } from './fields.js';
import { held, positions, recordedFigures, travelling } from './position-fields.js';
import { explainedTakes, flag, identifier, instant, listOf, madeId, oneOfStrings, signedUnits, takes, text, units } from './primitives.js';

type OfType<Type extends SkuEvent['type']> = Extract<SkuEvent, { readonly type: Type }>;

const location = identifier('Location whose balance changes.');
const reservation = madeId('Reservation.');
const order = identifier('Order of the shop.');
const connection = madeId('ERP connection.');
const message = madeId('Id of the message that reported it, unique per connection.');
const commandId = madeId('Command that changed it.');
const reference = identifier('Purchase order or delivery of a supplier.');
const arrival = objectOf<InboundArrival>({
  reference,
  quantity: units('Units of it that arrived.'),
  excess: { optional: units('Units that came beyond those of the delivery.', 1) },
});
const backorders = objectOf<BackorderPolicy>({
  units: units('Most units that may wait at once.'),
  graceMs: { type: 'integer', description: 'A delivery so many milliseconds later than expected counts as not coming.', minimum: 0 },
  channels: { optional: listOf(identifier('Channel.'), 'Only reservations of these may wait; any where missing.') },
});
const waiting = objectOf<WaitingUnits>({
  quantity: units('Units that wait.', 1),
  expectedAt: instant('When the last of them was expected as the promise was made.'),
  ttlMs: { type: 'integer', description: 'How many milliseconds the units are held once all are there.', minimum: 1 },
  locationIds: { optional: listOf(location, 'Only these locations may serve them; any where missing.') },
});
const unitOfMeasure = objectOf<ProductUnit>({
  unit: text('Unit of measure, as outside systems name it.', 20),
  units: text('Units of stock in one of it, a decimal.', 40),
});
const document = text('Document of the ERP.', 200);

/** Fields of every event of a `stock-{tenant}.{sku}` stream. */
export const skuEventFields: { readonly [Type in SkuEvent['type']]: Fields<OfType<Type>> } = {
  ProductDescribed: {
    commandId,
    verified: flag('False while only an ERP event has named the SKU.'),
    name: { optional: text('Name of the product.') },
    category: { optional: text('Category.') },
    barcode: { optional: text('UPC or EAN.') },
    brandId: { optional: text('Brand that owns the product.') },
    costMinor: { optional: units('Cost of one unit in minor units of the currency.') },
    removalDays: { optional: { type: 'integer', description: 'Days before its expiry date that a lot is taken off sale.', minimum: 0 } },
    lowStockThreshold: { optional: units('Below this many available units over all locations the SKU counts as low.') },
    units: { optional: listOf(unitOfMeasure, 'All units of measure of the product that hold more or less than one unit of stock.') },
  },
  SafetyStockSet: { commandId, locationId: location, quantity: units('Units kept back from every channel.') },
  LevelReported: {
    locationId: location,
    connectionId: connection,
    messageId: message,
    figure: signedUnits('On hand by the ERP; may be negative.'),
    asOf: instant('Time of the figure by the clock of the ERP.'),
    unpostedUnits: signedUnits('Net units that the figure does not know yet: commits negative, later receipts positive.'),
    presumedPostedUntil: { optional: instant('Own commits and moves up to this time were presumed to be in the figure.') },
    adjustmentsPostedBack: { optional: flag('The ERP posts adjustments itself: from now on they count as posted when it has.') },
    documentId: { optional: text('Document that changed the figure.', 200) },
    delta: signedUnits('Change of on hand.'),
    ...held,
  },
  LevelRefused: {
    locationId: location,
    connectionId: connection,
    messageId: message,
    figure: signedUnits('On hand by the ERP, without effect.'),
    asOf: instant('Time of the refused figure.'),
    lastAsOf: instant('A figure must be newer than this.'),
  },
  StockReceived: {
    locationId: location,
    quantity: units('Units received.'),
    effectiveAt: instant('When they arrived.'),
    messageId: message,
    documentId: { optional: document },
    connectionId: { optional: connection },
    acknowledgedUnits: units('Units of an own move or transfer that are posted by this; on hand had them already.'),
    inbound: { optional: listOf(arrival, 'Deliveries that were expected and that this is, whole or in part.') },
    delta: signedUnits('Change of on hand.'),
    ...held,
    ...positions,
  },
  StockIssued: {
    locationId: location,
    quantity: units('Units issued.'),
    effectiveAt: instant('When they left.'),
    messageId: message,
    documentId: { optional: document },
    connectionId: { optional: connection },
    lotId: { optional: identifier('Lot that the units were of, by the ERP.') },
    orderId: { optional: order },
    acknowledgedUnits: units('Commits of the order, or own moves of the document, that are posted by this.'),
    reassigned: takes('Commits of the order at other locations that were fulfilled from here: these get their units back.'),
    presumedUnits: units('Commits of the order that a figure was presumed to contain by the posting lag.'),
    unmatchedUnits: units('Units that matched no commit; a later commit of the order is set off against them.'),
    delta: signedUnits('Change of on hand.'),
    ...held,
    ...positions,
  },
  StockAdjusted: {
    locationId: location,
    delta: signedUnits('Change of on hand.'),
    effectiveAt: instant('When it took place.'),
    reasonCode: text('Why, as a code.', 100),
    reason: { optional: text('Why, in words.') },
    commandId: madeId('Command that adjusted.'),
    ...recordedFigures,
    orderId: { optional: identifier('Order that the units were sold to beyond what was free, or that they come back from.') },
    alreadyIssuedUnits: { optional: units('Of units sold, those that the ERP issued for the order before; `delta` leaves them out.') },
    documentId: { optional: madeId('Document that it belongs to, such as a batch of counts.') },
    documentLine: { optional: units('Line of the document, from 1.', 1) },
    postedBack: { optional: flag('The ERP will post the change under the document: until then, its figures do not contain it.') },
    countsAsUse: { optional: flag('The units count as use, or as less of it where they come back.') },
    holdId: { optional: madeId('Hold that released the units as goods that are not for sale.') },
    ...held,
    ...positions,
  },
  StockMoved: {
    commandId: madeId('Command that moved.'),
    fromLocationId: identifier('Where the units lay.'),
    toLocationId: identifier('Where they lie now.'),
    quantity: units('Units moved.'),
    reference: text('Document of the move.', 200),
    holdId: { optional: madeId('Hold whose units moved; missing for free units.') },
    ...held,
    ...positions,
  },
  LimitsSet: {
    commandId,
    overbookingUnits: units('Reservations may exceed on hand by so many units over all locations.'),
    holderUnits: { optional: units('Most units that one holder may have open.', 1) },
    backorders: { optional: { ...backorders, description: 'Whether reservations may wait for supply; none may where missing.' } },
  },
  AllocationSet: {
    commandId,
    channelId: identifier('Channel that the allocation is for.'),
    cap: { optional: units('Most units that the channel may hold or have committed.') },
    floor: units('Units protected from all others, as far as the channel has not taken them.'),
    holderUnits: { optional: units('Most units that one holder may have open through this channel.', 1) },
  },
  AllocationRemoved: { commandId, channelId: identifier('Channel that has no allocation any more.') },
  InboundDeclared: {
    commandId,
    reference,
    locationId: identifier('Where it is to arrive.'),
    quantity: units('Units of the whole delivery, those received already among them.', 1),
    expectedAt: instant('When it is expected.'),
  },
  InboundCancelled: { commandId, reference },
  TransferShipped: {
    transferId: madeId('Transfer.'),
    fromLocationId: identifier('Where the units lay.'),
    toLocationId: identifier('Where they go.'),
    quantity: units('Units in transit by this.'),
    heldByReservationId: { optional: madeId('Reservation that held the units until this shipment; missing for free units.') },
    holdId: { optional: madeId('Hold whose units were shipped; missing for free units.') },
    hold: { optional: { ...travelling, description: 'Hold that the units travel under.' } },
    ...held,
    ...positions,
  },
  TransferReceived: {
    transferId: madeId('Transfer.'),
    toLocationId: identifier('Where the units arrived.'),
    quantity: units('Units arrived.'),
    receiptId: madeId('Tells several receipts of one transfer apart.'),
    ...held,
    ...positions,
  },
  TransferReturned: {
    transferId: madeId('Transfer.'),
    fromLocationId: identifier('Where the units went back to.'),
    toLocationId: identifier('Where they were to go.'),
    quantity: units('Units no longer in transit.'),
    ...held,
    ...positions,
  },
  TransferLost: {
    transferId: madeId('Transfer.'),
    fromLocationId: identifier('Where the units lay.'),
    toLocationId: identifier('Where they were to go.'),
    quantity: units('Units no longer in transit.', 1),
    reasonCode: oneOfStrings('Why they never arrive.', LOSS_REASONS),
    reason: { optional: text('Why, in words.') },
    holdId: { optional: madeId('Hold that they travelled under.') },
    ...held,
  },
  ReservationPlaced: {
    reservationId: reservation,
    orderId: order,
    takes: explainedTakes('Units promised, by location.'),
    expiresAt: instant('When the hold ends by itself.'),
    channelId: { optional: identifier('Channel that sold.') },
    holderId: { optional: identifier('Customer or session that the units are for.') },
    overbookedUnits: { optional: units('Of the units, promised beyond on hand.', 1) },
    waiting: { optional: { ...waiting, description: 'Units beyond the takes that wait for supply.' } },
    requestHash: madeId('Of the request; a repeat carries the same.'),
    requested: units('Units asked for.'),
  },
  ReservationPromoted: {
    reservationId: reservation,
    takes: explainedTakes('Units that waited and are held from now on.'),
    waitingUnits: units('Units that wait still.'),
    expiresAt: instant('When the hold ends by itself now.'),
  },
  ReservationCommitted: {
    reservationId: reservation,
    commitId: madeId('Commit, named by a reversal.'),
    orderId: order,
    takes: takes('Units that left the promise for good.'),
    alreadyIssued: takes('Of these, issued by the ERP before the commit: on hand is not lowered again.'),
    openUnits: units('Units still held, or waiting for supply.'),
    fefoOverridden: { optional: flag('Lots were named that are not the first to expire.') },
    allowUncovered: { optional: flag('A person said that units may leave although fewer may leave by what is recorded.') },
    ...held,
    ...positions,
  },
  ReservationCommitReversed: {
    reservationId: reservation,
    commitId: madeId('Commit that is taken back.'),
    orderId: order,
    takes: takes('Units taken back from the order.'),
    restored: takes('Of these, back on hand.'),
    ...held,
    ...positions,
  },
  ReservationReduced: {
    reservationId: reservation,
    releaseId: madeId('Command that let the part go.'),
    takes: takes('Units that are free again.'),
    givenUpUnits: units('Units that waited for supply and wait no more.'),
    waitingUnits: units('Units that wait still.'),
  },
  ReservationReleased: { reservationId: reservation, takes: takes('Units that are free again.') },
  ReservationExpired: {
    reservationId: reservation,
    takes: takes('Units that are free again.'),
    expiresAt: instant('When the hold ended.'),
  },
  ReservationExtended: {
    reservationId: reservation,
    expiresAt: instant('When the hold ends now.'),
    commandId: { optional: madeId('Command that asked for it; missing where it waits on by itself.') },
  },
  ...detailEventFields,
};
