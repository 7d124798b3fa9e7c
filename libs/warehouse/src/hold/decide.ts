import { accept, refuse, type Decision } from '@holdfast/inventory';
import type { CompleteHoldCall, HoldCallCommand, StartHoldCall } from './commands.js';
import type { HoldCallEvent, HoldLine } from './events.js';
import { MAX_LINES_PER_HOLD } from './limits.js';
import type { HoldCallState } from './state.js';

export type HoldCallRefusalCode = 'unknown_hold' | 'idempotency_mismatch' | 'invalid_lines' | 'location_required';

type HoldCallDecision = Decision<HoldCallEvent, HoldCallRefusalCode>;

/** Decides a step of a call that holds units of several SKUs. A command that is already satisfied yields no events. */
export function decideHoldCall(state: HoldCallState, command: HoldCallCommand): HoldCallDecision {
  switch (command.type) {
    case 'StartHoldCall':
      return start(state, command);
    case 'CompleteHoldCall':
      return complete(state, command);
    default:
      return command satisfies never;
  }
}

/** Every line is checked before the first is held. A repeat of the same request changes nothing. */
function start(state: HoldCallState, command: StartHoldCall): HoldCallDecision {
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { holdId: state.holdId });
  }
  const { lines } = command;
  if (lines.length === 0 || lines.length > MAX_LINES_PER_HOLD) {
    return refuse('invalid_lines', { lines: lines.length, most: MAX_LINES_PER_HOLD });
  }
  const line = 1 + lines.findIndex(isWithoutPlace);
  if (line > 0) return refuse('location_required', { line });
  const { type: _, at: __, commandId: ___, ...call } = command;
  return accept({ type: 'HoldCallStarted', ...call });
}

/** A number of units lies at one location. */
const isWithoutPlace = ({ locationId, quantity }: HoldLine): boolean => quantity !== undefined && locationId === undefined;

function complete(state: HoldCallState, { outcomes }: CompleteHoldCall): HoldCallDecision {
  if (state.phase === 'none') return refuse('unknown_hold');
  if (state.phase !== 'placing') return accept();
  if (outcomes.length !== state.lines.length) return refuse('invalid_lines', { lines: outcomes.length, most: state.lines.length });
  return accept({ type: 'HoldCallCompleted', outcomes });
}
