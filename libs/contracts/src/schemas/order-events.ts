import type { Alternative, CommitLine, CommittedLine, HeldLine, NamedLot, OrderEvent, OrderLine, ShortLine } from '@holdfast/inventory';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { explainedTakes, flag, identifier, instant, listOf, madeId, oneOfStrings, signedUnits, takes, units } from './primitives.js';

type OfType<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>;

const sku = identifier('Stock keeping unit.');
const location = identifier('Location.');
const commitId = madeId('Commit.');

const line = objectOf<OrderLine>({ sku, quantity: units('Units.') });
const commitLine = objectOf<CommitLine>({
  sku,
  quantity: units('Units.'),
  lots: {
    optional: listOf(
      objectOf<NamedLot>({ lotId: identifier('Lot.'), quantity: units('Units.') }),
      'Lots that the units are of; the rest is chosen.',
    ),
  },
  allowUncovered: { optional: flag('Units leave although fewer may leave by what is recorded.') },
});
const heldLine = objectOf<HeldLine>({
  sku,
  requested: units('Units asked for.'),
  takes: explainedTakes('Units held, by location; empty where partial holding found nothing.'),
});
const alternative = objectOf<Pick<Alternative, 'kind'> & { locationId?: string; quantity?: number; at?: number; because?: string }>({
  kind: oneOfStrings('What could be had.', ['smaller_quantity', 'other_location', 'later']),
  quantity: { optional: units('So many units.') },
  locationId: { optional: location },
  at: { optional: instant('When all units may be free.') },
  because: { optional: oneOfStrings('What frees them.', ['holds_end', 'inbound_supply']) },
});
const shortLine = objectOf<ShortLine>({
  sku,
  requested: units('Units asked for.'),
  available: signedUnits('Units that could have been had.'),
  byLocation: {
    optional: listOf(
      objectOf<{ locationId: string; available: number }>({ locationId: location, available: signedUnits('Units free there.') }),
      'By location.',
    ),
  },
  alternatives: { optional: listOf(alternative, 'What could be had instead.') },
  reservationId: { optional: madeId('Reservation of the order that has units of the SKU already.') },
  code: { optional: madeId('Why, where it was not for want of stock.') },
});
const committedLine = objectOf<CommittedLine>({ sku, takes: takes('Units that left the promise for good.') });

/** Fields of every event of an `order-{tenant}.{reservationId}` stream. */
export const orderEventFields: { readonly [Type in OrderEvent['type']]: Fields<OfType<Type>> } = {
  OrderStarted: {
    reservationId: madeId('Reservation.'),
    orderId: identifier('Order of the shop.'),
    lines: listOf(line, 'One line a SKU.'),
    ttlMs: units('How long the holds live, milliseconds.'),
    expiresAt: instant('When the holds end by themselves.'),
    partial: flag('Whether less than asked for is welcome.'),
    channelId: { optional: identifier('Channel that sold.') },
    locationId: { optional: identifier('Only this location may serve it.') },
    holderId: { optional: identifier('Customer or session that the units are for.') },
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  OrderHeld: { lines: listOf(heldLine, 'What is held.'), expiresAt: instant('When the holds end by themselves.') },
  OrderRefused: { lines: listOf(shortLine, 'What was short.') },
  OrderCommitStarted: {
    commitId,
    at: instant('Time of the commit.'),
    lines: listOf(commitLine, 'What is committed.'),
    soldAt: { optional: instant('When the units were sold, where the request said so.') },
  },
  OrderCommitted: { commitId, lines: listOf(committedLine, 'What was committed.'), openUnits: units('Units of the order still held.') },
  OrderCommitFailed: { commitId, skus: listOf(sku, 'SKUs whose hold had run out.') },
  OrderReductionStarted: { reductionId: madeId('Command that let the part go.'), lines: listOf(line, 'What is let go.') },
  OrderReduced: { reductionId: madeId('Command that let the part go.') },
  OrderReleaseStarted: {},
  OrderReleased: {},
  OrderExpiryStarted: {},
  OrderExpired: {},
  OrderContinued: {},
  OrderExtended: { expiresAt: instant('When the holds end now.') },
};
