import type { AbcClass, BookedLine, CountEvent, CountLine, HeldLine, JudgedLine, LineOutcome, RecordedCount } from './events.js';

export type { AbcClass };

/** `none` before the first event; resolved and cancelled are terminal. */
export type CountPhase = 'none' | 'open' | 'counting' | 'review' | 'resolved' | 'cancelled';

/**
 * `accepting`: decided and not booked yet, so a process or the watchdog goes on. `stale`: a later figure came in between, so it must be
 * counted again.
 */
export type CountLineStatus = 'to_count' | 'counted' | 'recount' | 'review' | 'accepting' | 'equal' | 'accepted' | 'rejected' | 'stale';

export interface CountEntry extends Omit<RecordedCount, 'lineId'> {
  readonly index: number;
  /** 0 for the first count, then one more for each recount. */
  readonly round: number;
  readonly by: string;
  /** A later figure made it worthless. */
  readonly void: boolean;
}

export interface CountLineState extends CountLine {
  readonly added: boolean;
  /** The command that added it. */
  readonly addedBy?: string;
  readonly status: CountLineStatus;
  readonly entries: readonly CountEntry[];
  readonly round: number;
  /** Recounts that a difference out of tolerance caused. */
  readonly recounts: number;
  /** The last judgement. */
  readonly judged?: JudgedLine & { readonly by: string };
  /** Whether the first judged entry was within tolerance; undefined before. */
  readonly firstWithin?: boolean;
  readonly booked?: BookedLine;
}

export interface CountState {
  readonly phase: CountPhase;
  readonly batchId: string;
  readonly locationId: string;
  readonly name?: string;
  readonly blind: boolean;
  readonly freeze?: boolean;
  readonly complete?: boolean;
  readonly assignedTo?: string;
  readonly autoAccept: boolean;
  readonly postedBack: boolean;
  readonly createdBy: string;
  readonly requestHash: string;
  readonly createdAt: number;
  readonly lines: readonly CountLineState[];
  /** Lines whose stock was to be held, and is not released yet. */
  readonly holds: readonly HeldLine[];
  /** Number of the last line, removed ones included. */
  readonly lastLine: number;
}

export const initialCountState = (): CountState => ({
  phase: 'none',
  batchId: '',
  locationId: '',
  blind: true,
  autoAccept: true,
  postedBack: false,
  createdBy: '',
  requestHash: '',
  createdAt: 0,
  lines: [],
  holds: [],
  lastLine: 0,
});

/** Whether the batch has ended. */
export const isCountTerminal = (phase: CountPhase): boolean => phase === 'resolved' || phase === 'cancelled';

/** Whether accepted lines are still to be booked. */
export const isBooking = ({ lines }: CountState): boolean => lines.some(({ status }) => status === 'accepting');

/** Open lines of a batch that freezes stock whose hold is still to be placed. */
export function linesToHold({ freeze, phase, lines, holds }: CountState): readonly CountLineState[] {
  if (freeze !== true || isCountTerminal(phase)) return [];
  const known = new Set(holds.map(({ lineId }) => lineId));
  return lines.filter((line) => !isDone(line) && !known.has(line.lineId));
}

/** Holds of lines that are decided or were taken back, and of batches that ended. */
export function linesToRelease({ phase, lines, holds }: CountState): readonly HeldLine[] {
  const open = new Set(isCountTerminal(phase) ? [] : lines.filter((line) => !isDone(line)).map(({ lineId }) => lineId));
  return holds.filter(({ lineId, held }) => held && !open.has(lineId));
}

/** Whether a process is to go on with the batch: to book lines, to hold stock or to release it. */
export const isUnderWay = (state: CountState): boolean =>
  isBooking(state) || linesToHold(state).length > 0 || linesToRelease(state).length > 0;

export const mustBeCounted = ({ status }: CountLineState): boolean => status === 'to_count' || status === 'recount' || status === 'stale';
const isDone = ({ status }: CountLineState): boolean => status === 'equal' || status === 'accepted' || status === 'rejected';

/** The entry that counts: of the latest round, the last one recorded. */
export const lastEntry = ({ entries }: CountLineState): CountEntry | undefined => entries.at(-1);

/** Applies an event that happened at `at` and returns the new state. */
export function evolveCount(state: CountState, event: CountEvent, at: number): CountState {
  switch (event.type) {
    case 'CountBatchCreated': {
      const { type: _, lines, ...batch } = event;
      return { ...state, phase: 'open', ...batch, createdAt: at, lines: lines.map((line) => fresh(line)), lastLine: lines.length };
    }
    case 'CountStarted':
      return { ...state, phase: 'counting' };
    case 'CountsRecorded': {
      const counts = new Map(event.counts.map((count) => [count.lineId, count]));
      return { ...state, phase: 'counting', lines: state.lines.map((line) => recorded(line, event.by, counts.get(line.lineId))) };
    }
    case 'CountLineAdded': {
      const line = { ...fresh(event.line), added: true, addedBy: event.commandId };
      return { ...state, phase: 'counting', lines: [...state.lines, line], lastLine: state.lastLine + 1 };
    }
    case 'CountLineRemoved':
      return { ...state, lines: state.lines.filter(({ lineId }) => lineId !== event.lineId) };
    case 'CountSubmitted':
    case 'CountLinesResolved': {
      const judged = new Map(event.lines.map((line) => [line.lineId, line]));
      return settled({ ...state, lines: state.lines.map((line) => judge(line, event.by, judged.get(line.lineId))) });
    }
    case 'CountLinesBooked': {
      const booked = new Map(event.lines.map((line) => [line.lineId, line]));
      return settled({ ...state, lines: state.lines.map((line) => book(line, booked.get(line.lineId))) });
    }
    case 'CountStockHeld':
      return { ...state, holds: [...state.holds, ...event.lines] };
    case 'CountStockReleased':
      return { ...state, holds: state.holds.filter(({ lineId }) => !event.lines.includes(lineId)) };
    case 'CountBatchCancelled':
      return { ...state, phase: 'cancelled' };
    default:
      return event satisfies never;
  }
}

const fresh = (line: CountLine): CountLineState => ({ ...line, added: false, status: 'to_count', entries: [], round: 0, recounts: 0 });

function recorded(line: CountLineState, by: string, count: RecordedCount | undefined): CountLineState {
  if (count === undefined) return line;
  const { lineId: _, ...rest } = count;
  const mine = line.entries.findIndex((entry) => entry.round === line.round && entry.by === by);
  const index = mine === -1 ? line.entries.length : mine;
  const others = line.entries.filter((_entry, place) => place !== mine);
  const entry: CountEntry = { ...rest, index: line.entries[index]?.index ?? nextIndex(line), round: line.round, by, void: false };
  return { ...line, status: 'counted', entries: [...others, entry] };
}

const nextIndex = ({ entries }: CountLineState): number => Math.max(-1, ...entries.map(({ index }) => index)) + 1;

const STATUS: Readonly<Record<LineOutcome, CountLineStatus>> = {
  accept: 'accepting',
  review: 'review',
  recount: 'recount',
  reject: 'rejected',
  stale: 'stale',
};

function judge(line: CountLineState, by: string, judged: JudgedLine | undefined): CountLineState {
  if (judged === undefined) return line;
  if (judged.outcome === 'stale') return stale(line);
  const isRecount = judged.outcome === 'recount';
  return {
    ...line,
    status: STATUS[judged.outcome],
    judged: { ...judged, by },
    firstWithin: line.firstWithin ?? judged.within,
    round: line.round + (isRecount ? 1 : 0),
    recounts: line.recounts + (isRecount ? 1 : 0),
  };
}

const stale = (line: CountLineState): CountLineState => {
  const { judged: _, ...rest } = line;
  return { ...rest, status: 'stale', round: line.round + 1, entries: line.entries.map((entry) => ({ ...entry, void: true })) };
};

function book(line: CountLineState, booked: BookedLine | undefined): CountLineState {
  if (booked === undefined) return line;
  if (booked.delta === undefined) return stale(line);
  return { ...line, status: booked.delta === 0 ? 'equal' : 'accepted', booked };
}

/** A batch with lines to count is being counted; one without open lines is resolved. */
function settled(state: CountState): CountState {
  if (state.lines.every(isDone)) return { ...state, phase: 'resolved' };
  const isCounted = state.lines.every((line) => !mustBeCounted(line) && line.status !== 'counted');
  return { ...state, phase: isCounted ? 'review' : 'counting' };
}
