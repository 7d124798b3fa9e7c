import type { ReservationRow, ReservationStatus } from '../fold/rows.js';
import { reservationRow, type StoredReservation } from '../storage/read-rows.js';
import { StoredRows } from '../storage/stored-rows.js';
import { Conditions, type Tables } from './tables.js';

/** A reservation by its id; undefined where none was projected (yet). */
export async function findReservation(tables: Tables, tenant: string, reservationId: string): Promise<ReservationRow | undefined> {
  return (await new StoredRows(tables.pool, tables.schema).reservations([{ tenant, id: reservationId }]))[0];
}

export interface ReservationFilter {
  readonly status?: ReservationStatus | undefined;
  readonly sku?: string | undefined;
  readonly orderId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly holderId?: string | undefined;
  /** A location that serves a line. */
  readonly locationId?: string | undefined;
  /** Epoch milliseconds: still held or waiting, and only until before this time. */
  readonly expiresBefore?: number | undefined;
}

/** Place of a reservation in the order of the list. */
export interface ReservationPlace {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly reservationId: string;
}

export interface ReservationPage {
  readonly rows: readonly ReservationRow[];
  /** The next page begins behind it; undefined at the end. */
  readonly next: ReservationPlace | undefined;
}

/** Reservations that one request looks at: an index for every filter would cost each change of a reservation. */
const MOST_SEEN = 5_000;

const NEWEST: ReservationPlace = { createdAt: Infinity, reservationId: '' };
const NEWEST_FIRST = 'ORDER BY created_at DESC, reservation_id DESC';

const at = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;

/**
 * Reservations that pass a filter, newest first. A page may have fewer rows than asked for, and says where to go on.
 * @param page.at epoch milliseconds: a hold that is overdue then has expired
 */
export async function findReservations(
  { pool, schema }: Tables,
  tenant: string,
  { orderId, status, sku, channelId, holderId, locationId, expiresBefore }: ReservationFilter,
  page: { readonly limit: number; readonly after: ReservationPlace | undefined; readonly at: number },
): Promise<ReservationPage> {
  const { createdAt, reservationId } = page.after ?? NEWEST;
  const place = [tenant, createdAt, reservationId, page.at];
  // An index finds the reservations of an order, so the others are not looked at.
  const ofOrder = orderId === undefined ? '' : 'AND order_id = $5';
  const given = orderId === undefined ? place : [...place, orderId];
  const seen = `
    (SELECT *, CASE WHEN status = 'held' AND expires_at <= ${at('$4')} THEN 'expired' ELSE status END AS status_now
       FROM ${schema}.reservations WHERE tenant = $1 AND (created_at, reservation_id) < (${at('$2')}, $3) ${ofOrder}
      ${NEWEST_FIRST} LIMIT ${MOST_SEEN}) AS seen`;
  const conditions = new Conditions(given)
    .where('status_now = ?', status)
    .where('channel_id = ?', channelId)
    .where('holder_id = ?', holderId)
    .where('lines @> ?::jsonb', sku === undefined ? undefined : JSON.stringify([{ sku }]))
    .where('lines @> ?::jsonb', locationId === undefined ? undefined : JSON.stringify([{ sources: [{ locationId }] }]))
    .where(`status_now IN ('pending', 'waiting', 'held') AND expires_at < ${at('?')}`, expiresBefore);
  const { rows } = await pool.query<StoredReservation & { readonly status_now: ReservationStatus }>(
    `SELECT * FROM ${seen} WHERE ${conditions.sql} ${NEWEST_FIRST} LIMIT ${page.limit + 1}`,
    conditions.values,
  );
  const found = rows.slice(0, page.limit).map((row) => reservationRow({ ...row, status: row.status_now }));
  if (rows.length > page.limit) return { rows: found, next: placeOf(found.at(-1)) };
  const last = await pool.query<StoredReservation>(`SELECT * FROM ${seen} ${NEWEST_FIRST} OFFSET ${MOST_SEEN - 1} LIMIT 1`, given);
  return { rows: found, next: placeOf(last.rows.map(reservationRow)[0]) };
}

const placeOf = (row: ReservationRow | undefined): ReservationPlace | undefined =>
  row === undefined ? undefined : { createdAt: row.createdAt, reservationId: row.reservationId };
