import { findReservation, rowsOnceThere, tablesIn } from '@holdfast/read-model';
import type { Clock } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ReservationTable } from './forgotten.js';
import { ofRow } from './view.js';

/** Reservations in the tables of the projection. Until it has run for the first time there are none. */
export function readModelTable(pool: Pool, clock: Clock): ReservationTable {
  const tables = tablesIn(pool);
  return async (tenant, reservationId) => {
    const row = await rowsOnceThere(findReservation(tables, tenant, reservationId), undefined);
    return row === undefined ? undefined : ofRow(row, clock.now());
  };
}
