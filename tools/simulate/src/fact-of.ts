import { readEvent } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Fact } from '@holdfast/simulation';

/** An event as the auditor reads it: the fields of its newest version. */
export function factOf(recorded: RecordedEvent): Fact {
  const { stream, id, position, metadata, recordedAt } = recorded;
  const { type, ...data } = readEvent(recorded).event;
  return { stream, type, id, position: Number(position), commandId: metadata.commandId, at: metadata.at, recordedAt, data };
}
