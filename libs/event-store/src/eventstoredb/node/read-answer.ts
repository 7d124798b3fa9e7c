import { START } from '../../port.js';
import type { EventMetadata, Position, RecordedEvent } from '../../port.js';
import { FieldReader } from './protobuf.js';

const TICKS_PER_MS = 10_000n;

/**
 * Reads `ReadResp` of `streams.proto`: { event = 1 { event = 1, commit_position = 3 } }.
 * @returns undefined for a message that is no event: that there is no such stream, or where it ends
 */
export function readEvent(bytes: Buffer): RecordedEvent | undefined {
  const response = new FieldReader(bytes);
  while (response.next()) {
    if (response.field === 1) return readResolved(response.message());
    response.skip();
  }
  return undefined;
}

function readResolved(resolved: FieldReader): RecordedEvent | undefined {
  let recorded: RecordedEvent | undefined;
  let position: Position | undefined;
  while (resolved.next()) {
    if (resolved.field === 1) recorded = readRecorded(resolved.message());
    else if (resolved.field === 3) position = resolved.varint();
    else resolved.skip();
  }
  return recorded && { ...recorded, position: position ?? recorded.position };
}

/**
 * { id = 1, stream_identifier = 2 { stream_name = 3 }, stream_revision = 3, commit_position = 5, metadata = 6 { key = 1, value = 2 },
 * custom_metadata = 7, data = 8 }. Only this library writes to its streams, so data and metadata are JSON.
 */
function readRecorded(reader: FieldReader): RecordedEvent {
  let [id, stream, type, created, revision] = ['', '', '', '0', 0];
  let position: Position = START;
  let metadata: unknown;
  let data: unknown;
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 2) stream = readText(reader.message(), 3);
    else if (reader.field === 3) revision = Number(reader.varint());
    else if (reader.field === 5) position = reader.varint();
    else if (reader.field === 6) {
      const entry = reader.body();
      const key = readText(new FieldReader(entry), 1);
      if (key === 'type') type = readText(new FieldReader(entry), 2);
      else if (key === 'created') created = readText(new FieldReader(entry), 2);
    } else if (reader.field === 7) metadata = JSON.parse(reader.text());
    else if (reader.field === 8) data = JSON.parse(reader.text());
    else reader.skip();
  }
  const recordedAt = Number(BigInt(created) / TICKS_PER_MS);
  return { id, type, data, metadata: metadata as EventMetadata, stream, revision, position, recordedAt };
}

function readText(message: FieldReader, field: number): string {
  while (message.next()) {
    if (message.field === field) return message.text();
    message.skip();
  }
  return '';
}

/** { structured = 1 { most = 1, least = 2 } | string = 2 } in lower case. */
function readUuid(uuid: FieldReader): string {
  while (uuid.next()) {
    if (uuid.field === 2) return uuid.text().toLowerCase();
    if (uuid.field !== 1) {
      uuid.skip();
      continue;
    }
    const halves = [0n, 0n];
    const structured = uuid.message();
    while (structured.next()) halves[structured.field - 1] = structured.varint();
    const hex = halves.map((half) => half.toString(16).padStart(16, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
  return '';
}
