import type { ReservationRow } from '../fold/rows.js';
import { StoredRows } from '../storage/stored-rows.js';
import type { Tables } from './tables.js';

/** A reservation by its id; undefined where none was projected (yet). */
export async function findReservation(tables: Tables, tenant: string, reservationId: string): Promise<ReservationRow | undefined> {
  return (await new StoredRows(tables.pool, tables.schema).reservations([{ tenant, id: reservationId }]))[0];
}
