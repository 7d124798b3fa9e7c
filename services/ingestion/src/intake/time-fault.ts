import type { ErpMessage, Fault } from '@holdfast/contracts';

/** Clocks differ and time zones are mistaken, by less than a day; a figure from further ahead would shut out all true ones until then. */
const MAX_AHEAD_MS = 86_400_000;

/** Says what is wrong with the time of a message, if it lies in the future. @param now epoch milliseconds */
export function timeFault(message: ErpMessage, now: number): Fault | undefined {
  const field = message.type === 'level' ? 'asOf' : 'postedAt';
  const time = message.type === 'level' ? message.asOf : message.postedAt;
  if (Date.parse(time) <= now + MAX_AHEAD_MS) return undefined;
  return { field: `data.${field}`, message: 'lies more than a day in the future; correct the clock or the time zone of the connector' };
}
