import { PRESUMED_ORDERS_KEPT } from '../limits.js';
import { forgetOldest } from '../recent.js';
import { movedAt, unpostedUnits, type Journal, type OwnMovement } from './journal.js';

/** Which movements of the journal a figure does not contain. */
export interface Figure {
  readonly figure: number;
  readonly asOf: number;
  /** Own movements up to this time count as posted; undefined: only an acknowledgement counts. */
  readonly presumedPostedUntil?: number;
}

const isPresumed = ({ at }: OwnMovement, { presumedPostedUntil }: Figure): boolean =>
  presumedPostedUntil !== undefined && at <= presumedPostedUntil;

const isCarriedContained = (journal: Journal, { presumedPostedUntil }: Figure): boolean =>
  presumedPostedUntil !== undefined && journal.carriedUntil <= presumedPostedUntil;

/** A new figure must be later than this time; null when any time is accepted. */
export function newestUnacceptableAsOf(journal: Journal | undefined): number | null {
  if (journal === undefined) return null;
  const { lastAsOf, countedAt, reachesBackTo } = journal;
  const times = [lastAsOf, countedAt, reachesBackTo === null ? null : reachesBackTo - 1].filter((time) => time !== null);
  return times.length === 0 ? null : Math.max(...times);
}

/** A fact about a location that is later than the one being decided. */
export interface LaterFact {
  readonly later: 'count' | 'level' | 'movements';
  readonly laterAt: number;
}

/** The count or figure that already contains a difference of that time; undefined for none. */
export function laterFigure({ lastAsOf, countedAt }: Journal, time: number): LaterFact | undefined {
  if (countedAt !== null && countedAt >= time && countedAt >= (lastAsOf ?? countedAt)) return { later: 'count', laterAt: countedAt };
  return lastAsOf !== null && lastAsOf >= time ? { later: 'level', laterAt: lastAsOf } : undefined;
}

/** Why a count of that time cannot be resolved: a newer count or figure, or movements that are only known as a sum. */
export function laterThanCount(journal: Journal, time: number): LaterFact | undefined {
  const figure = laterFigure(journal, time);
  // A second count for the same time replaces the first.
  if (figure !== undefined && !(figure.later === 'count' && figure.laterAt === time)) return figure;
  const { reachesBackTo, carried, carriedUntil } = journal;
  if (reachesBackTo !== null && reachesBackTo > time) return { later: 'movements', laterAt: reachesBackTo };
  return carried !== 0 && carriedUntil > time ? { later: 'movements', laterAt: carriedUntil } : undefined;
}

/** The newest movement after that time, also where movements add up to nothing; undefined for none. */
export function laterMovement({ dated, own, carriedUntil }: Journal, time: number): LaterFact | undefined {
  let laterAt = carriedUntil;
  for (const movement of dated) laterAt = Math.max(laterAt, movement.time);
  for (const movements of own.values()) for (const movement of movements) laterAt = Math.max(laterAt, movedAt(movement));
  return laterAt > time ? { later: 'movements', laterAt } : undefined;
}

/** Net units that moved at the location after that time; a count of that time did not contain them. */
export function unitsSince(journal: Journal, time: number): number {
  let units = 0;
  for (const movement of journal.dated) if (movement.time > time) units += movement.delta;
  for (const movements of journal.own.values()) for (const movement of movements) if (movedAt(movement) > time) units += movement.delta;
  return units;
}

/** Net units that the figure does not contain: commits count negative, later receipts positive. */
export function unitsUnknownTo(journal: Journal | undefined, figure: Figure): number {
  if (journal === undefined) return 0;
  let units = isCarriedContained(journal, figure) ? 0 : journal.carried;
  for (const { time, delta } of journal.dated) if (time > figure.asOf) units += delta;
  for (const movements of journal.own.values()) {
    for (const movement of movements) if (!isPresumed(movement, figure)) units += movement.delta;
  }
  return units;
}

/** Starts the journal again from the figure: movements that it contains are removed. */
export function startOver(journal: Journal, figure: Figure): void {
  journal.figure = figure.figure;
  journal.lastAsOf = figure.asOf;
  const later = journal.dated.filter(({ time }) => time > figure.asOf);
  journal.dated.splice(0, journal.dated.length, ...later);
  if (isCarriedContained(journal, figure)) journal.carried = 0;
  if (figure.presumedPostedUntil !== undefined) presume(journal, figure);
}

function presume(journal: Journal, figure: Figure): void {
  for (const [key, movements] of journal.own) {
    const open = movements.filter((movement) => !isPresumed(movement, figure));
    if (open.length === movements.length) continue;
    const before = unpostedUnits(journal, key, -1);
    journal.ownCount -= movements.length - open.length;
    if (open.length === 0) journal.own.delete(key);
    else journal.own.set(key, open);
    const units = before - unpostedUnits(journal, key, -1);
    if (units > 0) journal.presumed.set(key, (journal.presumed.get(key) ?? 0) + units);
  }
  forgetOldest(journal.presumed, PRESUMED_ORDERS_KEPT);
}

/** Removes units of commits that were presumed posted, after the ERP has posted them by name. */
export function confirmPresumed(journal: Journal, key: string, units: number): void {
  const rest = (journal.presumed.get(key) ?? 0) - units;
  if (rest > 0) journal.presumed.set(key, rest);
  else journal.presumed.delete(key);
}
