import { findReservation, tablesIn } from '@holdfast/read-model';
import { isRecord } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ReservationTable } from './forgotten.js';
import { ofRow } from './view.js';

/** Codes of Postgres for a table and for a schema that is not there. */
const NOT_THERE = new Set(['42P01', '3F000']);

/** Reservations in the tables of the projection. Until it has run for the first time there are none. */
export function readModelTable(pool: Pool, clock: Clock): ReservationTable {
  const tables = tablesIn(pool);
  return async (tenant, reservationId) => {
    try {
      const row = await findReservation(tables, tenant, reservationId);
      return row === undefined ? undefined : ofRow(row, clock.now());
    } catch (error) {
      if (isRecord(error) && NOT_THERE.has(String(error['code']))) return undefined;
      throw error;
    }
  };
}
