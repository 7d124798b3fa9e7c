import { sha256 } from '@holdfast/kit';
import { commandOf, timeZoneOf, type MicrovixSettings } from './settings.js';

const DAY_MS = 86_400_000;
/** Before any stock that Microvix keeps. */
const EVER = '2000-01-01';
const MARK_LENGTH = 16;

/** The day of a time in the time zone of Microvix. */
export const dayOf = (at: number, settings: MicrovixSettings): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timeZoneOf(settings), dateStyle: 'short' }).format(at);

/**
 * Days to ask for what moved: from the day before the last complete scan began, so that both meet whatever Microvix counts as a day, until
 * tomorrow. All days where there was no such scan, or one with other settings.
 */
export function windowOf(
  since: string | undefined,
  now: number,
  settings: MicrovixSettings,
): { readonly from: string; readonly to: string } {
  const [at, mark] = (since ?? '').split(' ');
  const known = mark === markOf(settings) && /^\d{1,15}$/.test(at ?? '');
  return { from: known ? dayOf(Number(at) - DAY_MS, settings) : EVER, to: dayOf(now + DAY_MS, settings) };
}

/** Where the next scan begins, after one that began then. */
export const sinceOf = (beganAt: number, settings: MicrovixSettings): string => `${String(beganAt)} ${markOf(settings)}`;

/** Changes with whatever makes an older scan say nothing about what is read now, such as one more store. */
const markOf = (settings: MicrovixSettings): string =>
  sha256(JSON.stringify([settings.portal, [...settings.companies].sort(), commandOf(settings), timeZoneOf(settings)])).slice(
    0,
    MARK_LENGTH,
  );
