export type * from './events.js';
export type * from './commands.js';
export {
  evolveCount,
  initialCountState,
  isBooking,
  isCountTerminal,
  isUnderWay,
  linesToHold,
  linesToRelease,
  lastEntry,
  mustBeCounted,
  type CountEntry,
  type CountLineState,
  type CountLineStatus,
  type CountPhase,
  type CountState,
} from './state.js';
export { decideCount } from './decide.js';
export type { CountRefusal, CountRefusalCode } from './phases.js';
export { resolutionsOf, type LineResolution } from './resolution.js';
export { varianceOf, nettingOf, type Netting, type Variance } from './judging.js';
export { netBook, type NettedBook, type PastEvent } from './netting.js';
export { countedBook, knownFigures, type KnownFigures } from './counted-book.js';
export { isPart, overlap, placeOfLine, type CountedPlace, type CountedPosition } from './place.js';
export { coveringOf, wholeLines, wholeStock, type Covering, type WholeStock } from './covering.js';
export { bookingOf, type Booking, type BookingStamp, type SkuSince } from './booking.js';
export { DEFAULT_TOLERANCE_PCT, isWithinTolerance } from './tolerance.js';
export { MAX_LINES_PER_COUNT, MAX_RECOUNTS } from './limits.js';
export { countViolations } from './audit.js';
export { countReport, unassignedOfLine, varianceOfLine, varianceValueMinor, type CountReport } from './report.js';
export {
  ABC_CLASSES,
  byUrgency,
  classify,
  DEFAULT_COUNTS_PER_YEAR,
  linesPerWorkingDay,
  nextDueAt,
  type AbcItem,
  type ClassifiedItem,
  type DueItem,
} from './abc.js';
