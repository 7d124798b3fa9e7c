import { MAX_APPEND_BYTES, MAX_EVENT_TYPE_LENGTH, MAX_EVENTS_PER_APPEND, MAX_STREAM_NAME_LENGTH } from './limits.js';
import { InvalidAppend, NO_STREAM } from './port.js';
import type { NewEvent } from './port.js';

export interface EncodedEvent {
  /** Lower case: stores return ids in different forms. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface EncodedAppend {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EncodedEvent[];
  /** It has no more than so many. */
  readonly bytes: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UNPRINTABLE = /[\u0000-\u001f\u007f]/;
const OVERHEAD_BYTES = 32;

/**
 * Checks an append and encodes it as JSON before any store gets it, so that every adapter refuses the same input and none fails half-way.
 * @throws InvalidAppend naming the fault
 */
export function encodeAppend(stream: string, expected: number, events: readonly NewEvent[]): EncodedAppend {
  checkStream(stream);
  if (!Number.isSafeInteger(expected) || expected < NO_STREAM) throw new InvalidAppend(`expected revision ${expected} is not a revision`);
  if (events.length === 0) throw new InvalidAppend(`append to ${stream} has no events`);
  if (events.length > MAX_EVENTS_PER_APPEND) {
    throw new InvalidAppend(`append to ${stream} has ${events.length} events; at most ${MAX_EVENTS_PER_APPEND} fit`);
  }
  const encoded = events.map(encodeEvent);
  const bytes = sizeOf(encoded);
  if (bytes > MAX_APPEND_BYTES) throw new InvalidAppend(`append to ${stream} has ${bytes} bytes; at most ${MAX_APPEND_BYTES} fit`);
  return { stream, expected, events: encoded, bytes };
}

/** Names that start with `$` belong to EventStoreDB itself. */
function checkStream(stream: string): void {
  if (stream.length === 0 || stream.length > MAX_STREAM_NAME_LENGTH) {
    throw new InvalidAppend(`a stream's name has 1 to ${MAX_STREAM_NAME_LENGTH} characters, not ${stream.length}`);
  }
  if (stream.startsWith('$') || UNPRINTABLE.test(stream)) throw new InvalidAppend(`${JSON.stringify(stream)} cannot name a stream`);
}

function encodeEvent(event: NewEvent): EncodedEvent {
  if (!UUID.test(event.id)) throw new InvalidAppend(`event id ${JSON.stringify(event.id)} is not a UUID`);
  const { type } = event;
  if (type.length === 0 || type.length > MAX_EVENT_TYPE_LENGTH || type.startsWith('$') || UNPRINTABLE.test(type)) {
    throw new InvalidAppend(`${JSON.stringify(type)} cannot be an event's type`);
  }
  return { id: event.id.toLowerCase(), type, data: toJson(event.data, 'data', type), metadata: toJson(event.metadata, 'metadata', type) };
}

function toJson(value: unknown, part: string, type: string): string {
  try {
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) return json;
  } catch (error) {
    throw new InvalidAppend(`${part} of ${type} cannot be written as JSON: ${String(error)}`);
  }
  throw new InvalidAppend(`${part} of ${type} is not JSON`);
}

/**
 * Exact only where the limit may be exceeded, else the most that so many characters can have in UTF-8: counting the bytes of each text took
 * a fiftieth of a reservation in the ledger.
 */
function sizeOf(events: readonly EncodedEvent[]): number {
  const most = sum(events, (text) => text.length * 3);
  return most > MAX_APPEND_BYTES ? sum(events, (text) => Buffer.byteLength(text)) : most;
}

function sum(events: readonly EncodedEvent[], bytesOf: (text: string) => number): number {
  let bytes = 0;
  // EventStoreDB counts a type with two bytes a character.
  for (const { data, metadata, type } of events) bytes += bytesOf(data) + bytesOf(metadata) + type.length * 2 + OVERHEAD_BYTES;
  return bytes;
}
