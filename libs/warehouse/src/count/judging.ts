import type { JudgedLine, LineOutcome } from './events.js';
import { MAX_RECOUNTS } from './limits.js';
import type { NettedBook } from './netting.js';
import { shelfUnits, type StatedUnits } from './picked-units.js';
import { lastEntry, type CountEntry, type CountLineState, type CountState } from './state.js';
import { isWithinTolerance } from './tolerance.js';

/** The recorded stock as of the time of an entry, with all that is known by now. */
export interface Netting extends NettedBook {
  readonly lineId: string;
  readonly entry: number;
  /** Of the last line of a SKU whose every position is counted: units recorded in none. */
  readonly unassigned?: number;
}

export const nettingOf = (nettings: readonly Netting[], { lineId }: CountLineState, { index }: CountEntry): Netting | undefined =>
  nettings.find((netting) => netting.lineId === lineId && netting.entry === index);

/** The difference of an entry from the recorded stock of its time. */
export interface Variance extends Omit<JudgedLine, 'outcome'> {
  /** Where units picked or sold may be all of the difference and nobody said how many. */
  readonly unknown: boolean;
  readonly stale: boolean;
}

/** @param stated what a reviewer says in the place of the counter */
export function varianceOf(line: CountLineState, entry: CountEntry, netting: Netting | undefined, stated?: StatedUnits): Variance {
  const book = netting?.units ?? entry.book.units;
  const shelf = shelfUnits(entry.quantity, book, entry.book, { ...statedIn(entry), ...stated });
  const { pickedUnits, awaitingPickUnits } = shelf.kind === 'known' ? shelf : { pickedUnits: 0, awaitingPickUnits: 0 };
  // A reviewer accepts what was shown.
  const shown = line.judged?.entry === entry.index ? line.judged.unassigned : undefined;
  const unassigned = netting?.unassigned ?? shown ?? 0;
  const variance = entry.quantity + pickedUnits - awaitingPickUnits - book;
  return {
    lineId: line.lineId,
    entry: entry.index,
    book,
    variance,
    within: isWithinTolerance(line, book, variance),
    ...(unassigned === 0 ? {} : { unassigned }),
    ...(shelf.kind === 'known' && (pickedUnits > 0 || awaitingPickUnits > 0) ? { pickedUnits, awaitingPickUnits } : {}),
    unknown: shelf.kind === 'refused',
    stale: (netting?.staleBy ?? entry.book.staleBy) !== undefined,
  };
}

const statedIn = ({ pickedUnits, awaitingPickUnits }: CountEntry): StatedUnits => ({
  ...(pickedUnits === undefined ? {} : { pickedUnits }),
  ...(awaitingPickUnits === undefined ? {} : { awaitingPickUnits }),
});

/** What becomes of a line when the counts are submitted. */
export function judgeSubmitted(state: CountState, line: CountLineState, nettings: readonly Netting[]): JudgedLine | undefined {
  const entry = lastEntry(line);
  if (entry === undefined) return undefined;
  const found = varianceOf(line, entry, nettingOf(nettings, line, entry));
  return judged(found, found.stale ? 'stale' : outcomeOf(state, line, entry, found, nettings));
}

function outcomeOf(
  state: CountState,
  line: CountLineState,
  entry: CountEntry,
  { variance, within, unassigned, unknown }: Variance,
  nettings: readonly Netting[],
): LineOutcome {
  if (unknown) return 'review';
  // What no line has is never written off by itself.
  const accepted = unassigned === undefined ? 'accept' : 'review';
  if (variance === 0) return accepted;
  if (within) return state.autoAccept ? accepted : 'review';
  const isConfirmed = line.entries.some((other) => {
    if (other.void || other.index === entry.index || other.by === entry.by) return false;
    const compared = varianceOf(line, other, nettingOf(nettings, line, other));
    return !compared.stale && !compared.unknown && compared.variance === variance;
  });
  return isConfirmed || line.recounts >= MAX_RECOUNTS ? 'review' : 'recount';
}

/** The judgement of a variance, as it is stored. */
export function judged({ unknown: _, stale: __, ...variance }: Variance, outcome: LineOutcome): JudgedLine {
  return { ...variance, outcome };
}
