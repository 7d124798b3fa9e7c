import type { RecordedEvent } from '@holdfast/event-store';
import type { Fact } from '@holdfast/simulation';

/** An event as the auditor reads it. */
export const factOf = ({ stream, type, id, position, metadata, recordedAt, data }: RecordedEvent): Fact => ({
  stream,
  type: type.replace(/\.v\d+$/, ''),
  id,
  position: Number(position),
  commandId: metadata.commandId,
  at: metadata.at,
  recordedAt,
  data: data as Fact['data'],
});
