import type { ReadStreamOptions } from '../../port.js';
import { FRAME_BYTES, writeFrame } from './frames.js';
import { fieldSize, FieldWriter, numberFieldSize } from './protobuf.js';

const BACKWARDS = 1;

/**
 * `ReadReq` of `streams.proto` for a stream, as a framed message:
 * { options = 1 { stream = 1 { stream_identifier = 1 { stream_name = 3 }, revision = 2 | start = 3 | end = 4 }, read_direction = 3, count = 5,
 * no_filter = 8, uuid_option = 9 { string = 2 } } }
 */
export function encodeStreamRead(stream: string, { from, direction, limit = Number.MAX_SAFE_INTEGER }: ReadStreamOptions): Buffer {
  const backwards = direction === 'backwards';
  const nameBytes = Buffer.byteLength(stream);
  const placeBytes = from === undefined ? fieldSize(0) : numberFieldSize(from);
  const streamBytes = fieldSize(fieldSize(nameBytes)) + placeBytes;
  const directionBytes = backwards ? numberFieldSize(BACKWARDS) : 0;
  const optionsBytes = fieldSize(streamBytes) + directionBytes + numberFieldSize(limit) + fieldSize(0) + fieldSize(fieldSize(0));

  const buffer = Buffer.allocUnsafe(FRAME_BYTES + fieldSize(optionsBytes));
  writeFrame(buffer, fieldSize(optionsBytes));
  const writer = new FieldWriter(buffer, FRAME_BYTES);
  writer.open(1, optionsBytes);
  writer.open(1, streamBytes);
  writer.open(1, fieldSize(nameBytes));
  writer.text(3, stream, nameBytes);
  if (from === undefined) writer.open(backwards ? 4 : 3, 0);
  else writer.number(2, from);
  if (backwards) writer.number(3, BACKWARDS);
  writer.number(5, limit);
  writer.open(8, 0);
  writer.open(9, fieldSize(0));
  writer.open(2, 0);
  return buffer;
}
