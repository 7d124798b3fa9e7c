import { DAY_ZONE } from './options.js';

const HOUR_MS = 3_600_000;
const formatter = new Intl.DateTimeFormat('en-CA', { timeZone: DAY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day in eBay's own time zone, as `2026-11-29`. */
export const dayOf = (at: number): string => formatter.format(at);

/** Epoch milliseconds of the next midnight there. */
export function nextDay(at: number): number {
  const today = dayOf(at);
  let hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  do hour += HOUR_MS;
  while (dayOf(hour) === today);
  return hour;
}
