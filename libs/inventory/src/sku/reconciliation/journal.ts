import { LateMap } from '../../late-collections.js';
import { DATED_MOVEMENTS_KEPT, OWN_MOVEMENTS_KEPT, OWN_MOVEMENTS_KEPT_WITHOUT_ERP } from '../limits.js';

/** A movement with a time: a figure contains it when its as-of time is not earlier. */
export interface DatedMovement {
  readonly time: number;
  delta: number;
}

/** A movement that Holdfast made and that the ERP, as far as is known, has not posted. */
export interface OwnMovement {
  /** When it was decided; postings of the ERP follow it. */
  readonly at: number;
  delta: number;
  readonly commitId?: string;
  /** When the units moved, if before it was decided. */
  readonly movedAt?: number;
}

/**
 * The parts of on hand at one location; always: on hand = figure + carried + dated + own. The figure is the last accepted one of the ERP (0
 * before the first); the rest are movements that it did not contain.
 */
export interface Journal {
  figure: number;
  /** As-of of the last accepted figure. */
  lastAsOf: number | null;
  /** Time of the newest count. */
  countedAt: number | null;
  /** Figures older than this are refused: the dated movements before it were added into the figure. */
  reachesBackTo: number | null;
  /** Whether an ERP has reported anything for this location. */
  heardFromErp: boolean;
  /** Posted by the ERP, received by hand, or adjusted; by time. */
  readonly dated: DatedMovement[];
  /** By `orderKey` or `documentKey`; within one, oldest first. */
  readonly own: Map<string, OwnMovement[]>;
  ownCount: number;
  /** Sum of own movements beyond the limit. It is never acknowledged, because the orders of these movements are no longer known. */
  carried: number;
  /** Time of the newest carried movement. */
  carriedUntil: number;
  /** By order: commits that count as contained in a figure by the posting lag alone. */
  readonly presumed: Map<string, number>;
  /** Whether the ERP posts adjustments of Holdfast itself, as its last figure said; missing: it does not. */
  postedBack?: true;
}

export const emptyJournal = (): Journal => ({
  figure: 0,
  lastAsOf: null,
  countedAt: null,
  reachesBackTo: null,
  heardFromErp: false,
  dated: [],
  own: new LateMap(),
  ownCount: 0,
  carried: 0,
  carriedUntil: 0,
  presumed: new LateMap(),
});

export const orderKey = (orderId: string): string => `order ${orderId}`;
export const documentKey = (reference: string): string => `document ${reference}`;

/** Whether the last accepted figure contains a posting of that time. */
export const figureContains = (journal: Journal | undefined, time: number): boolean =>
  journal !== undefined && journal.lastAsOf !== null && time <= journal.lastAsOf;

/** Whether a count that is newer than the last figure contains a posting of that time. */
export const countContains = (journal: Journal | undefined, time: number): boolean =>
  journal !== undefined && journal.countedAt !== null && time <= journal.countedAt && !figureContains(journal, time);

/**
 * Records a posting of an ERP at that time. If on hand changed by a different number of units, a count contained them already; its
 * difference is corrected, so that the journal still adds up to on hand.
 */
export function addPosting(journal: Journal, time: number, units: number, effect: number): void {
  if (figureContains(journal, time)) return;
  addDated(journal, time, units);
  if (effect !== units) addDated(journal, journal.countedAt ?? time, effect - units);
}

/** Records a movement with a time. Beyond the limit the oldest is added into the figure, and older figures are refused from then on. */
export function addDated(journal: Journal, time: number, delta: number): void {
  const { dated } = journal;
  let place = dated.length;
  while (place > 0 && (dated[place - 1]?.time ?? 0) > time) place -= 1;
  const before = dated[place - 1];
  if (before?.time === time) before.delta += delta;
  else dated.splice(place, 0, { time, delta });
  if (dated.length <= DATED_MOVEMENTS_KEPT) return;
  const oldest = dated.shift();
  if (oldest === undefined) return;
  journal.figure += oldest.delta;
  journal.reachesBackTo = Math.max(journal.reachesBackTo ?? oldest.time, oldest.time);
}

/** Records an own movement. Beyond the limit the oldest is added to `carried`. */
export function addOwn(journal: Journal, key: string, movement: OwnMovement): void {
  const movements = journal.own.get(key);
  if (movements === undefined) journal.own.set(key, [movement]);
  else movements.push(movement);
  journal.ownCount += 1;
  if (journal.ownCount > (journal.heardFromErp ? OWN_MOVEMENTS_KEPT : OWN_MOVEMENTS_KEPT_WITHOUT_ERP)) carryOldest(journal);
}

function carryOldest(journal: Journal): void {
  for (const [key, movements] of journal.own) {
    const oldest = movements.shift();
    if (movements.length === 0) journal.own.delete(key);
    if (oldest === undefined) continue;
    journal.ownCount -= 1;
    journal.carried += oldest.delta;
    journal.carriedUntil = Math.max(journal.carriedUntil, oldest.at);
    return;
  }
}

/** When the units of an own movement moved. */
export const movedAt = ({ at, movedAt: moved = at }: OwnMovement): number => moved;

/** Units under the key that went out (-1) or came in (1) and are not posted yet. */
export function unpostedUnits(journal: Journal | undefined, key: string, direction: 1 | -1): number {
  let units = 0;
  for (const { delta } of journal?.own.get(key) ?? []) if (delta * direction > 0) units += delta * direction;
  return units;
}

/** Of the given units under the key, oldest first, those that moved later than the last count. */
export function unitsAfterCount(journal: Journal | undefined, key: string, direction: 1 | -1, units: number): number {
  let seen = 0;
  for (const movement of journal?.own.get(key) ?? []) {
    const { delta } = movement;
    if (delta * direction > 0 && movedAt(movement) <= (journal?.countedAt ?? Number.NEGATIVE_INFINITY)) seen += delta * direction;
  }
  return Math.max(0, units - seen);
}

/** Units under the key that this commit took and that are not posted yet. */
export function unpostedUnitsOfCommit(journal: Journal | undefined, key: string, commitId: string): number {
  let units = 0;
  for (const movement of journal?.own.get(key) ?? []) if (movement.commitId === commitId) units -= movement.delta;
  return units;
}

/**
 * Removes units under the key, oldest movement first; with a commit id only those of that commit.
 * @returns how many units were removed
 */
export function strikeOwn(journal: Journal, key: string, direction: 1 | -1, units: number, commitId?: string): number {
  const movements = journal.own.get(key);
  if (movements === undefined) return 0;
  let rest = units;
  for (const movement of movements) {
    if (rest === 0) break;
    if (movement.delta * direction <= 0 || (commitId !== undefined && movement.commitId !== commitId)) continue;
    const struck = Math.min(rest, movement.delta * direction);
    movement.delta -= struck * direction;
    rest -= struck;
  }
  const open = movements.filter(({ delta }) => delta !== 0);
  journal.ownCount -= movements.length - open.length;
  if (open.length === 0) journal.own.delete(key);
  else journal.own.set(key, open);
  return units - rest;
}

/** Removes the units of a commit; those that were carried meanwhile are subtracted from `carried`. */
export function strikeCommit(journal: Journal, key: string, units: number, commitId: string): void {
  journal.carried += units - strikeOwn(journal, key, -1, units, commitId);
}
