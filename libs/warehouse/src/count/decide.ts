import type { CountCommand } from './commands.js';
import { cancel, create } from './creation.js';
import { reportHeld, reportReleased } from './freezing.js';
import type { CountDecision } from './phases.js';
import { addLine, record, removeLine, start } from './recording.js';
import { resolve } from './resolution.js';
import type { CountState } from './state.js';
import { reportBooking, submit } from './submission.js';

/** Decides a step of a batch of counts. A command that is already satisfied yields no events. */
export function decideCount(state: CountState, command: CountCommand): CountDecision {
  switch (command.type) {
    case 'CreateCountBatch':
      return create(state, command);
    case 'StartCount':
      return start(state, command);
    case 'RecordCounts':
      return record(state, command);
    case 'AddCountLine':
      return addLine(state, command);
    case 'RemoveCountLine':
      return removeLine(state, command);
    case 'SubmitCount':
      return submit(state, command);
    case 'ResolveCount':
      return resolve(state, command);
    case 'ReportBooking':
      return reportBooking(state, command);
    case 'ReportHeld':
      return reportHeld(state, command);
    case 'ReportReleased':
      return reportReleased(state, command);
    case 'CancelCount':
      return cancel(state, command);
    default:
      return command satisfies never;
  }
}
