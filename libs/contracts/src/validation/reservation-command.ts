import type { ReservationCommandMessage } from '../reservation-messages.js';
import { messageReader } from './message-reader.js';

/** Texts are kept as given, but for blanks around them, as over HTTP. */
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trimmed);
  if (typeof value !== 'object' || value === null) return value;
  return fieldsTrimmed(value);
}

const fieldsTrimmed = (fields: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, trimmed(field)]));

/** Reads messages of `reservation.commands.v1`. */
export const reservationCommands = messageReader<ReservationCommandMessage>(
  [
    'holdfast.reservation.reserve.v1',
    'holdfast.reservation.commit.v1',
    'holdfast.reservation.release.v1',
    'holdfast.reservation.extend.v1',
  ],
  fieldsTrimmed,
);
