import { refuse } from '@holdfast/inventory';
import { approve, completeApproval, failApproval, reject } from './approval.js';
import type { RequestCommand } from './commands.js';
import { addLines, comment, create, edit, remove, submit } from './drafting.js';
import { cancel, completeRelease, rollBack } from './endings.js';
import { checkReservations, completeShipment, failShipment, fulfil } from './fulfilment.js';
import type { RequestDecision } from './refusals.js';
import { returnShipment } from './returned-shipment.js';
import type { RequestState } from './state.js';

/** Decides a step of a stock request. A command that is already satisfied yields no events. */
export function decideRequest(state: RequestState, command: RequestCommand): RequestDecision {
  const expected = 'expectedVersion' in command ? command.expectedVersion : undefined;
  if (expected !== undefined && state.phase !== 'none' && expected !== state.version) {
    return refuse('version_mismatch', { expectedVersion: expected, version: state.version });
  }
  return decide(state, command);
}

function decide(state: RequestState, command: RequestCommand): RequestDecision {
  switch (command.type) {
    case 'CreateRequest':
      return create(state, command);
    case 'EditRequest':
      return edit(state, command);
    case 'AddRequestLines':
      return addLines(state, command);
    case 'DeleteRequest':
      return remove(state, command);
    case 'SubmitRequest':
      return submit(state, command);
    case 'ApproveRequest':
      return approve(state, command);
    case 'RejectRequest':
      return reject(state, command);
    case 'RollBackRequest':
      return rollBack(state, command);
    case 'FulfilRequest':
      return fulfil(state, command);
    case 'CancelRequest':
      return cancel(state, command);
    case 'CommentRequest':
      return comment(state, command);
    case 'CompleteApproval':
      return completeApproval(state, command);
    case 'FailApproval':
      return failApproval(state, command);
    case 'CompleteRelease':
      return completeRelease(state, command);
    case 'CompleteRequestShipment':
      return completeShipment(state, command);
    case 'FailRequestShipment':
      return failShipment(state, command);
    case 'CheckReservations':
      return checkReservations(state, command);
    case 'ReturnRequestShipment':
      return returnShipment(state, command);
    default:
      return command satisfies never;
  }
}
