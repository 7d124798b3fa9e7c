import type { EventMetadata, RecordedEvent } from '../port.js';

/** Columns of a recorded event, in the order of `EventRow`. */
export const EVENT_COLUMNS = `
  e.position, e.recorded_at, (select s.name from event_store.streams s where s.id = e.stream_id) as stream,
  e.revision, (select t.name from event_store.types t where t.id = e.type_id) as type, e.id, e.data, e.metadata`;

export type EventRow = readonly [
  position: string,
  recordedAt: string,
  stream: string,
  revision: number,
  type: string,
  id: string,
  data: string,
  metadata: string,
];

export const toRecorded = ([position, recordedAt, stream, revision, type, id, data, metadata]: EventRow): RecordedEvent => ({
  id,
  type,
  data: JSON.parse(data) as unknown,
  metadata: JSON.parse(metadata) as EventMetadata,
  stream,
  revision,
  position: BigInt(position),
  recordedAt: Number(recordedAt),
});
