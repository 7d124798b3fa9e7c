import type { RecordedEvent as EventStoreDBEvent } from '@eventstore/db-client';
import { START } from '../port.js';
import type { EventMetadata, Position, RecordedEvent } from '../port.js';

/** Events of the server itself: statistics, metadata of streams. */
export const isSystemEvent = (event: { readonly type: string; readonly streamId: string }): boolean =>
  event.type.startsWith('$') || event.streamId.startsWith('$');

/** Both parts of a position are the same for events that were written by an append. */
export const toServerPosition = (position: Position): { readonly commit: bigint; readonly prepare: bigint } => ({
  commit: position,
  prepare: position,
});

export function toRecorded(event: EventStoreDBEvent, commitPosition?: bigint): RecordedEvent {
  return {
    id: event.id.toLowerCase(),
    type: event.type,
    data: event.data,
    // Only this library writes to its streams.
    metadata: event.metadata as unknown as EventMetadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: commitPosition ?? positionOf(event),
    recordedAt: event.created.getTime(),
  };
}

const positionOf = (event: EventStoreDBEvent): Position =>
  'position' in event && event.position !== undefined ? (event.position as { readonly commit: bigint }).commit : START;
