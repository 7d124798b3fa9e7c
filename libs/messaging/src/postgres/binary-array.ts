const INT4 = 23;
const TEXT = 25;
const HEADER_BYTES = 20;

/**
 * Encodes a `text[]` in Postgres' binary format. As text every quote of a JSON value would have to be escaped here and unescaped there; this
 * is several times cheaper on both sides.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  let bytes = HEADER_BYTES;
  let hasNull = 0;
  for (const value of values) {
    if (value === null) hasNull = 1;
    bytes += 4 + (value === null ? 0 : Buffer.byteLength(value));
  }
  const buffer = Buffer.allocUnsafe(bytes);
  let at = header(buffer, hasNull, TEXT, values.length);
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    const length = buffer.write(value, at + 4);
    buffer.writeInt32BE(length, at);
    at += 4 + length;
  }
  return buffer;
}

/** Encodes an `int4[]` in Postgres' binary format. */
export function intArray(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + 8 * values.length);
  let at = header(buffer, 0, INT4, values.length);
  for (const value of values) {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(value, at);
  }
  return buffer;
}

// Dimensions, null flag, element type, then length and lower bound of the one dimension.
function header(buffer: Buffer, hasNull: number, type: number, length: number): number {
  let at = 0;
  for (const word of [1, hasNull, type, length, 1]) at = buffer.writeInt32BE(word, at);
  return at;
}
