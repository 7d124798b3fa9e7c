import type { Decision } from '@holdfast/inventory';
import type { ReplenishmentCommand } from './commands.js';
import { evaluateStored } from './decide-evaluation.js';
import { approve, cancel, reject, report, request } from './decide-order.js';
import { setRule } from './decide-rule.js';
import type { ReplenishmentEvent } from './events.js';
import type { ReplenishmentRefusalCode } from './refusals.js';
import type { ReplenishmentState } from './state.js';

/** Decides about the replenishment of a SKU at a location. A command that is already satisfied yields no events. */
export function decideReplenishment(
  state: ReplenishmentState,
  command: ReplenishmentCommand,
): Decision<ReplenishmentEvent, ReplenishmentRefusalCode> {
  switch (command.type) {
    case 'SetReplenishmentRule':
      return setRule(state, command);
    case 'EvaluateReplenishment':
      return evaluateStored(state, command);
    case 'RequestReplenishment':
      return request(state, command);
    case 'ApproveReplenishment':
      return approve(state, command);
    case 'RejectReplenishment':
      return reject(state, command);
    case 'CancelReplenishment':
      return cancel(state, command);
    case 'ReportReplenishment':
      return report(state, command);
    default:
      return command satisfies never;
  }
}
