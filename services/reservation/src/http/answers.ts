import type { Reservation, ReservationLine } from '../reservations/view.js';
import type { LineAnswer, ReservationAnswer } from './reservation.dto.js';

export const toAnswer = (reservation: Reservation): ReservationAnswer => ({
  ...reservation,
  expiresAt: new Date(reservation.expiresAt).toISOString(),
  lines: reservation.lines.map(toLine),
});

function toLine({ waiting, ...line }: ReservationLine): LineAnswer {
  if (waiting === undefined) return line;
  const { quantity, expectedAt } = waiting;
  return { ...line, waiting: { quantity, ...(expectedAt === undefined ? {} : { expectedAt: new Date(expectedAt).toISOString() }) } };
}
