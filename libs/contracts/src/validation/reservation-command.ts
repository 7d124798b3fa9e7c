import type { ReservationCommandMessage } from '../reservation-messages.js';
import { storedText } from '@holdfast/kit';
import { messageReader } from './message-reader.js';

/** Texts are kept as they are stored, as over HTTP. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return storedText(value);
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value;
  return fieldsTidied(value);
}

const fieldsTidied = (fields: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, tidied(field)]));

/** Reads messages of `reservation.commands.v1`. */
export const reservationCommands = messageReader<ReservationCommandMessage>(
  [
    'holdfast.reservation.reserve.v1',
    'holdfast.reservation.commit.v1',
    'holdfast.reservation.release.v1',
    'holdfast.reservation.extend.v1',
  ],
  fieldsTidied,
);
