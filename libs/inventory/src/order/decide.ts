import type { Decision } from '../decision.js';
import type { OrderCommand } from './commands.js';
import { completeCommit, failCommit, startCommit } from './commit.js';
import { completeExpiry, completeRelease, extend, startExpiry, startRelease } from './endings.js';
import type { OrderEvent } from './events.js';
import type { OrderRefusalCode } from './phases.js';
import { completeReduction, startReduction } from './reduction.js';
import { hold, proceed, refuseOrder, start } from './start.js';
import type { OrderState } from './state.js';

/** Decides a step of an order over several SKUs. A command that is already satisfied yields no events. */
export function decideOrder(state: OrderState, command: OrderCommand): Decision<OrderEvent, OrderRefusalCode> {
  switch (command.type) {
    case 'StartOrder':
      return start(state, command);
    case 'ContinueOrder':
      return proceed(state, command);
    case 'HoldOrder':
      return hold(state, command);
    case 'RefuseOrder':
      return refuseOrder(state, command);
    case 'StartOrderCommit':
      return startCommit(state, command);
    case 'CompleteOrderCommit':
      return completeCommit(state, command);
    case 'FailOrderCommit':
      return failCommit(state, command);
    case 'StartOrderReduction':
      return startReduction(state, command);
    case 'CompleteOrderReduction':
      return completeReduction(state, command);
    case 'StartOrderRelease':
      return startRelease(state, command);
    case 'CompleteOrderRelease':
      return completeRelease(state, command);
    case 'StartOrderExpiry':
      return startExpiry(state, command);
    case 'CompleteOrderExpiry':
      return completeExpiry(state, command);
    case 'ExtendOrder':
      return extend(state, command);
    default:
      return command satisfies never;
  }
}
