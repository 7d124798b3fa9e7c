import { newestVersion } from '@holdfast/contracts';
import type { Position, RecordedEvent } from '@holdfast/event-store';

/** Position, time and cause of an event: the parts of its envelope that rows store. */
export interface Moment {
  readonly tenant: string;
  readonly position: Position;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  readonly cause: string;
}

const MAX_CAUSES = 20;

const messageIdOf = (data: unknown): string | undefined => {
  const messageId = typeof data === 'object' && data !== null && 'messageId' in data ? data.messageId : undefined;
  return typeof messageId === 'string' ? messageId : undefined;
};

export const momentOf = (event: RecordedEvent): Moment => ({
  tenant: event.metadata.tenant,
  position: event.position,
  recordedAt: event.recordedAt,
  cause: messageIdOf(newestVersion(event).data) ?? event.metadata.commandId,
});

/** Adds a cause to the list, which keeps the newest ones, each once. */
export function addCause(causes: string[], cause: string): void {
  if (causes.at(-1) === cause) return;
  const known = causes.indexOf(cause);
  if (known >= 0) causes.splice(known, 1);
  causes.push(cause);
  if (causes.length > MAX_CAUSES) causes.shift();
}
