import { accept, refuse } from '@holdfast/inventory';
import { reasonFault, SYSTEM_REASON_CODES } from '../reason-codes/reason-codes.js';
import type { LineDecision, ResolveCount } from './commands.js';
import type { JudgedLine } from './events.js';
import { judged, nettingOf, varianceOf } from './judging.js';
import { MAX_RECOUNTS } from './limits.js';
import { batchContradiction, lineOf, unknownLine, type CountDecision, type CountRefusal } from './phases.js';
import { statedFault } from './picked-units.js';
import { lastEntry, type CountLineState, type CountState } from './state.js';

/** What a decision does to its line. `same`: it is so already. */
export type LineResolution =
  | { readonly kind: 'judged'; readonly line: JudgedLine }
  | { readonly kind: 'same'; readonly lineId: string }
  | (CountRefusal & { readonly lineId: string });

/** Decides on lines in review, each by itself. Refused as a whole only where every line is, with the code of the first. */
export function resolve(state: CountState, command: ResolveCount): CountDecision {
  if (state.phase === 'none' || state.phase === 'open' || state.phase === 'cancelled') return batchContradiction(state);
  const resolutions = resolutionsOf(state, command);
  const lines = resolutions.flatMap((each) => (each.kind === 'judged' ? [each.line] : []));
  if (lines.length > 0) return accept({ type: 'CountLinesResolved', by: command.by, lines });
  const refused = resolutions.flatMap((each) => (each.kind === 'refused' ? [each] : []));
  const [first] = refused;
  if (first === undefined || refused.length < resolutions.length) return accept();
  return refuse(first.code, { lines: refused.map(({ lineId, code, details }) => ({ ...details, lineId, code })) });
}

/** What the command does to each of its lines, in their order. */
export const resolutionsOf = (state: CountState, command: ResolveCount): readonly LineResolution[] =>
  command.lines.map((decision) => resolution(state, decision, command));

function resolution(state: CountState, decision: LineDecision, { by, nettings }: ResolveCount): LineResolution {
  const { lineId } = decision;
  const line = lineOf(state, lineId);
  const entry = line && lastEntry(line);
  const refusal = line === undefined ? unknownLine(lineId) : undefined;
  if (line === undefined || refusal !== undefined) return { ...(refusal ?? unknownLine(lineId)), lineId };
  if (isSame(line, decision)) return { kind: 'same', lineId };
  if (line.status !== 'review' || entry === undefined) return { ...notInReview(line), lineId };

  const found = varianceOf(line, entry, nettingOf(nettings, line, entry), decision);
  if (decision.decision === 'recount') {
    return line.recounts >= MAX_RECOUNTS
      ? { ...refuse('too_many_recounts', { most: MAX_RECOUNTS }), lineId }
      : { kind: 'judged', line: judged(found, 'recount') };
  }
  if (found.stale) return { kind: 'judged', line: judged(found, 'stale') };
  const why = {
    ...(decision.reasonCode === undefined ? {} : { reasonCode: decision.reasonCode }),
    ...(decision.reason === undefined ? {} : { reason: decision.reason }),
  };
  if (decision.decision === 'reject') return { kind: 'judged', line: { ...judged(found, 'reject'), ...why } };
  const fault = statedFault(entry.quantity, entry.book, decision);
  if (fault) return { ...fault, lineId };
  if (found.unknown) {
    const { reservedUnits, unpickedUnits } = entry.book;
    return { ...refuse('picked_units_unknown', { reservedUnits, unpickedUnits }), lineId };
  }
  const reason = SYSTEM_REASON_CODES.find(({ code }) => code === decision.reasonCode) ?? decision.ownReason;
  if (reason && found.variance !== 0 && reasonFault(reason, found.variance, decision.reason) === 'reason_direction') {
    return { ...refuse('reason_direction', { variance: found.variance }), lineId };
  }
  if (!(found.within && found.unassigned === undefined) && line.entries.some((each) => !each.void && each.by === by))
    return { ...refuse('own_count'), lineId };
  return { kind: 'judged', line: { ...judged(found, 'accept'), ...why } };
}

const SAME: Readonly<Record<LineDecision['decision'], readonly CountLineState['status'][]>> = {
  accept: ['accepting', 'accepted', 'equal'],
  reject: ['rejected'],
  recount: ['recount'],
};

const isSame = ({ status }: CountLineState, { decision }: LineDecision): boolean => SAME[decision].includes(status);

function notInReview({ lineId, status }: CountLineState): CountRefusal {
  switch (status) {
    case 'to_count':
      return refuse('line_not_counted', { lines: [lineId] });
    case 'recount':
    case 'stale':
      return refuse('recount_required', { status });
    case 'counted':
      return refuse('batch_counting', { status });
    case 'review':
    case 'accepting':
    case 'equal':
    case 'accepted':
    case 'rejected':
      return refuse(`line_${status}`, { status });
    default:
      return status satisfies never;
  }
}
