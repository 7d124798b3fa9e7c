import { isIdentifier } from '@holdfast/kit';

/**
 * What a reservation's id says: an order of one SKU names its SKU and lives in that SKU's stream alone;
 * an order of several SKUs has a stream of its own.
 */
export type ReservationRef =
  | { readonly kind: 'single'; readonly reservationId: string; readonly sku: string }
  | { readonly kind: 'order'; readonly reservationId: string };

const SINGLE = /^rs_([A-Za-z0-9_-]{1,400})\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ORDER = /^ro_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const singleReservationId = (sku: string, uuid: string): string => `rs_${Buffer.from(sku, 'utf8').toString('base64url')}.${uuid}`;

export const orderReservationId = (uuid: string): string => `ro_${uuid}`;

/** Reads an id that Holdfast made; undefined for any other text. A text that is no valid SKU is therefore never looked up in the store. */
export function parseReservationId(reservationId: string): ReservationRef | undefined {
  if (ORDER.test(reservationId)) return { kind: 'order', reservationId };
  const encoded = SINGLE.exec(reservationId)?.[1];
  if (encoded === undefined) return undefined;
  const sku = Buffer.from(encoded, 'base64url').toString('utf8');
  const canonical = Buffer.from(sku, 'utf8').toString('base64url') === encoded;
  return canonical && isIdentifier(sku) ? { kind: 'single', reservationId, sku } : undefined;
}

/** Whether the hold with this id is one of several of an order. */
export const isOrderReservation = (reservationId: string): boolean => reservationId.startsWith('ro_');
