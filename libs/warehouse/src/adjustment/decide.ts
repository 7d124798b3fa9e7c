import { accept, refuse, type Decision, type Refusal } from '@holdfast/inventory';
import { findReason, reasonFault, SYSTEM_REASON_CODES, type ReasonCode, type ReasonFault } from '../reason-codes/reason-codes.js';
import type { AdjustmentCommand, CompleteAdjustment, StartAdjustment } from './commands.js';
import type { AdjustmentEvent } from './events.js';
import { MAX_AHEAD_MS, MAX_BACK_MS, MAX_LINES_PER_ADJUSTMENT, MAX_LINE_UNITS } from './limits.js';
import type { AdjustmentState } from './state.js';

export type AdjustmentRefusalCode =
  | 'unknown_adjustment'
  | 'idempotency_mismatch'
  | 'invalid_lines'
  | 'invalid_quantity'
  | 'unknown_reason_code'
  | 'effective_too_early'
  | 'effective_in_future'
  | ReasonFault;

type AdjustmentDecision = Decision<AdjustmentEvent, AdjustmentRefusalCode>;
type Fault = Refusal<AdjustmentRefusalCode> | undefined;

/** Decides a step of an adjustment. A command that is already satisfied yields no events. */
export function decideAdjustment(state: AdjustmentState, command: AdjustmentCommand): AdjustmentDecision {
  switch (command.type) {
    case 'StartAdjustment':
      return start(state, command);
    case 'CompleteAdjustment':
      return complete(state, command);
    default:
      return command satisfies never;
  }
}

/** Every line is checked before the first is applied. A repeat of the same request changes nothing. */
function start(state: AdjustmentState, command: StartAdjustment): AdjustmentDecision {
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { adjustmentId: state.adjustmentId });
  }
  const fault = linesFault(command) ?? effectiveFault(command.effectiveAt, command.at) ?? reasonFaultOf(command);
  if (fault) return fault;
  const { type: _, at: __, commandId: ___, ownReason, ...document } = command;
  return accept({ type: 'AdjustmentStarted', ...document, ...(ownReason?.use === 'signed' ? { countsAsUse: true } : {}) });
}

function linesFault({ lines }: StartAdjustment): Fault {
  if (lines.length === 0 || lines.length > MAX_LINES_PER_ADJUSTMENT) {
    return refuse('invalid_lines', { lines: lines.length, most: MAX_LINES_PER_ADJUSTMENT });
  }
  const line = 1 + lines.findIndex(({ delta }) => !Number.isSafeInteger(delta) || delta === 0 || Math.abs(delta) > MAX_LINE_UNITS);
  return line === 0 ? undefined : refuse('invalid_quantity', { line });
}

/** Checks when a change took effect: at most 31 days ago, and not later than the clocks of callers differ. */
export function effectiveFault(
  effectiveAt: number | undefined,
  at: number,
): Refusal<'effective_too_early' | 'effective_in_future'> | undefined {
  if (effectiveAt === undefined) return undefined;
  if (effectiveAt < at - MAX_BACK_MS) return refuse('effective_too_early', { earliest: at - MAX_BACK_MS });
  return effectiveAt > at + MAX_AHEAD_MS ? refuse('effective_in_future', { latest: at }) : undefined;
}

function reasonFaultOf({ reasonCode, ownReason, reason, lines }: StartAdjustment): Fault {
  const found = findReason(reasonCode) ?? ownReason;
  if (found === undefined) return unknownReason();
  const faults = lines.flatMap(({ delta }, index) => {
    const code = reasonFault(found, delta, reason);
    return code === undefined ? [] : [{ code, line: index + 1 }];
  });
  const [first] = faults;
  if (first === undefined) return undefined;
  const { code } = first;
  const lineNumbers = faults.filter((fault) => fault.code === code).map(({ line }) => line);
  return refuse(code, { reasonCode, direction: found.direction, lines: lineNumbers });
}

/** The refusal of a reason that the tenant does not have: it lists those that it has. */
export const unknownReason = (own: readonly Pick<ReasonCode, 'code'>[] = []): Refusal<'unknown_reason_code'> =>
  refuse('unknown_reason_code', { known: [...SYSTEM_REASON_CODES, ...own].map(({ code }) => code) });

function complete(state: AdjustmentState, { outcomes }: CompleteAdjustment): AdjustmentDecision {
  if (state.phase === 'none') return refuse('unknown_adjustment');
  if (state.phase !== 'applying') return accept();
  if (outcomes.length !== state.lines.length) return refuse('invalid_lines', { lines: outcomes.length, most: state.lines.length });
  return accept({ type: 'AdjustmentCompleted', outcomes });
}
