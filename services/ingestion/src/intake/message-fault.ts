import type { ErpMessage, Fault } from '@holdfast/contracts';
import { parseDay } from '@holdfast/platform';
import { timeFault } from './time-fault.js';

export interface MessageFault extends Fault {
  readonly code: 'time_in_future' | 'schema_violation';
}

/** What a schema cannot say is wrong with a message. @param now epoch milliseconds */
export function messageFault(message: ErpMessage, now: number): MessageFault | undefined {
  const late = timeFault(message, now);
  if (late !== undefined) return { code: 'time_in_future', ...late };
  const wrong = dateFault(message);
  return wrong === undefined ? undefined : { code: 'schema_violation', field: 'data.expiryDate', message: wrong };
}

function dateFault(message: ErpMessage): string | undefined {
  if (message.type === 'level' || message.expiryDate === undefined) return undefined;
  if (message.lotId === undefined) return 'must be left out without a lotId';
  return parseDay(message.expiryDate) === undefined ? 'must be a calendar day, e.g. 2026-03-01' : undefined;
}
