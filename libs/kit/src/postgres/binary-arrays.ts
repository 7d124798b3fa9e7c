/**
 * Arrays in Postgres' binary format. As text every quote of a JSON value would have to be escaped here and unescaped there; this is several
 * times cheaper on both sides.
 * Layout: dimensions, has-nulls flag, element type, length, lower bound, then each element with its length.
 */
const HEADER_BYTES = 20;
const TYPE_OIDS = { int4: 23, text: 25, uuid: 2950 } as const;

function header(buffer: Buffer, oid: number, length: number, hasNull = 0): void {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
}

export function int4Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 8);
  header(buffer, TYPE_OIDS.int4, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(value, at);
  }
  return buffer;
}

export function uuidArray(values: readonly string[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 20);
  header(buffer, TYPE_OIDS.uuid, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    at = writeUuid(buffer, value, buffer.writeInt32BE(16, at));
  }
  return buffer;
}

const DASH = 0x2d;

/**
 * Digit by digit: a copy without the dashes, parsed as hex, took a fortieth of a reservation in the ledger. Returns the offset behind it.
 * @throws when it is no UUID
 */
function writeUuid(buffer: Buffer, uuid: string, start: number): number {
  let digits = 0;
  let byte = 0;
  for (let index = 0; index < uuid.length; index += 1) {
    const code = uuid.charCodeAt(index);
    if (code === DASH) continue;
    byte = ((byte << 4) | hexDigit(code)) & 0xff;
    if (digits % 2 === 1 && digits < 32) buffer[start + (digits >> 1)] = byte;
    digits += 1;
  }
  if (digits !== 32) throw new Error(`${uuid} is no UUID`);
  return start + 16;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x57;
  throw new Error(`${String.fromCharCode(code)} is no hex digit`);
}

export function textArray(values: readonly (string | null)[]): Buffer {
  let bytes = HEADER_BYTES;
  let hasNull = 0;
  for (const value of values) {
    if (value === null) hasNull = 1;
    bytes += 4 + (value === null ? 0 : Buffer.byteLength(value));
  }
  const buffer = Buffer.allocUnsafe(bytes);
  header(buffer, TYPE_OIDS.text, values.length, hasNull);
  let at = HEADER_BYTES;
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
