import type { ShortLine } from '@holdfast/inventory';
import { someOf } from '@holdfast/kit';
import { Problem, unknownSkus } from '@holdfast/platform';
import { TTL_TOO_SHORT } from '../orders/placing/late.js';
import { isLimitCode, LIMITS_IN_WORDS, type LimitCode } from './limit-refusals.js';

const limitOf = ({ code }: ShortLine): LimitCode | 'insufficient_stock' =>
  code !== undefined && isLimitCode(code) ? code : 'insufficient_stock';

const detailOf = ({ sku, requested, available, byLocation, alternatives, code }: ShortLine): object => ({
  sku,
  ...(code === undefined ? {} : { code }),
  requested,
  available,
  locations: byLocation ?? [],
  alternatives: (alternatives ?? []).map((one) => (one.kind === 'later' ? { ...one, at: new Date(one.at).toISOString() } : one)),
});

/** Why an order could not be held, with the figures of every line that was short. */
export function refusedOrder(lines: readonly ShortLine[]): Problem {
  const held = lines.filter(({ code }) => code === 'order_held');
  if (held.length > 0) return orderHeld(held.map(({ sku, requested, reservationId }) => ({ sku, requested, reservationId })));
  const unknown = lines.filter(({ code }) => code === 'unknown_sku');
  if (unknown.length > 0) return unknownSkus(unknown.map(({ sku }) => sku));
  const inTime = lines.filter(({ code }) => code !== TTL_TOO_SHORT);
  return inTime.length > 0 ? shortOrder(inTime) : tooLate(lines);
}

function shortOrder(lines: readonly ShortLine[]): Problem {
  const skus = someOf(lines.map(({ sku }) => sku));
  const [code = 'insufficient_stock', ...others] = new Set(lines.map(limitOf));
  if (code === 'insufficient_stock' || others.length > 0) {
    return new Problem(409, 'insufficient_stock', `Not enough stock of ${skus}`, { details: lines.map(detailOf) });
  }
  return new Problem(409, code, LIMITS_IN_WORDS[code], { details: lines.map(detailOf) });
}

const tooLate = (lines: readonly ShortLine[]): Problem =>
  new Problem(409, TTL_TOO_SHORT, 'The time to live of the order ended before all of its lines could be held; ask for a longer one', {
    details: lines.map(({ sku, requested }) => ({ sku, requested })),
  });

/** The order has units already, other than those asked for: its own reservation is named, to be extended, released or committed. */
const orderHeld = (details: readonly object[]): Problem =>
  new Problem(409, 'order_held', 'The order has a reservation already, which holds other lines', { details });

export const unknownLocation = (locationId: string): Problem =>
  new Problem(404, 'unknown_location', `There is no location ${locationId}`, { details: [{ locationId }] });

export const unknownChannel = (channelId: string): Problem =>
  new Problem(404, 'unknown_channel', `There is no channel ${channelId}`, { details: [{ channelId }] });

export const disabledChannel = (channelId: string): Problem =>
  new Problem(409, 'channel_disabled', `The channel ${channelId} is disabled`, { details: [{ channelId }] });

/** Why an order of several SKUs may not wait: it is held whole or not at all, and lives as long as its shortest hold. */
export const waitingOrder = (): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', {
    details: [{ field: 'backorder', message: 'must not be set where the order has several SKUs; reserve each of them by itself' }],
  });

/** The answer to every id that is no reservation of the tenant. */
export const unknownReservation = (reservationId: string): Problem =>
  new Problem(404, 'unknown_reservation', 'There is no such reservation', { details: [{ reservationId }] });

/** Lots beside the lines can be of one SKU only. */
export const unplacedLots = (): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', {
    details: [{ field: 'lots', message: 'must stand on the lines where lines are sent, and for reservations of several SKUs' }],
  });

const LOTS: Readonly<Record<string, { readonly status: number; readonly says: string }>> = {
  lot_held: { status: 409, says: 'A hold on the lot keeps its units' },
  lot_expired: { status: 409, says: 'The lot is expired' },
  insufficient_lot_stock: { status: 409, says: 'The lot has fewer units where the reservation holds some' },
  unknown_lot: { status: 404, says: 'The SKU has no such lot' },
  positions_differ: { status: 400, says: 'The lots have more units than the line' },
};

/** A commit of several SKUs of which some lines cannot leave as asked; the details name each of them. */
export function refusedLines(reservationId: string, code: string, lines: readonly Readonly<Record<string, unknown>>[]): Problem {
  const { status, message } = refusedWish(reservationId, code, {});
  return new Problem(status, code, message, { details: lines.map((line) => ({ reservationId, ...line })) });
}

const STATES: Readonly<Record<string, string>> = {
  reservation_committed: 'The reservation is committed',
  reservation_released: 'The reservation was released',
  reservation_expired: 'The reservation has expired',
  reservation_refused: 'The reservation was refused',
  reservation_started: 'The reservation is being placed; try again shortly',
  reservation_committing: 'The reservation is being committed; try again shortly',
  reservation_releasing: 'The reservation is being released; try again shortly',
};

/** The refusal of a commit, release or extension. */
export function refusedWish(reservationId: string, code: string, details: Readonly<Record<string, unknown>>): Problem {
  if (code === 'unknown_reservation') return unknownReservation(reservationId);
  if (code === 'quantity_exceeds_open')
    return new Problem(409, code, 'More units than are held', { details: [{ reservationId, ...details }] });
  if (code === 'too_many_parts')
    return new Problem(409, code, 'The reservation was taken in as many parts as it may be; take or release all that is left', {
      details: [{ reservationId, ...details }],
    });
  if (code === 'stock_held')
    return new Problem(409, code, 'Units of the reservation are held and may not leave; commit at most `sellable`, or release the hold', {
      details: [{ reservationId, ...details }],
    });
  const ofLots = LOTS[code];
  if (ofLots !== undefined) return new Problem(ofLots.status, code, ofLots.says, { details: [{ reservationId, ...details }] });
  if (code === 'units_waiting') {
    const { expectedAt, ...figures } = details;
    const date = typeof expectedAt === 'number' ? { expectedAt: new Date(expectedAt).toISOString() } : {};
    return new Problem(409, code, 'Units that wait for supply cannot be committed before they are there', {
      details: [{ reservationId, ...figures, ...date }],
    });
  }
  if (code === 'idempotency_mismatch') {
    return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
  }
  const state = STATES[code];
  if (state === undefined) return new Problem(400, code, 'The request cannot be served as it stands', { details: [details] });
  return new Problem(409, code, state, { details: [{ reservationId, state: code.replace('reservation_', '') }] });
}
