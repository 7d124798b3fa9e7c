const LENGTH_DELIMITED = 2;
const VARINT = 0;

/** Bytes of a whole number from 0 up to 2^53. */
export function varintSize(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** Bytes of a field with a body of so many bytes. All fields here have numbers below 16, so their tags take one byte. */
export const fieldSize = (bodyBytes: number): number => 1 + varintSize(bodyBytes) + bodyBytes;

/** Bytes of a field that holds a whole number. */
export const numberFieldSize = (value: number): number => 1 + varintSize(value);

/** Writes the fields of one message into a buffer of the size that was computed before. */
export class FieldWriter {
  private offset: number;

  /** @param offset of the first byte to write */
  constructor(
    readonly buffer: Buffer,
    offset: number,
  ) {
    this.offset = offset;
  }

  /** Begins a field whose body is written next. */
  open(field: number, bodyBytes: number): void {
    this.buffer[this.offset++] = (field << 3) | LENGTH_DELIMITED;
    this.varint(bodyBytes);
  }

  text(field: number, value: string, bytes: number): void {
    this.open(field, bytes);
    this.offset += this.buffer.write(value, this.offset, bytes, 'utf8');
  }

  number(field: number, value: number): void {
    this.buffer[this.offset++] = (field << 3) | VARINT;
    this.varint(value);
  }

  private varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      // Not by `|`, which knows 32 bits only.
      this.buffer[this.offset++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.offset++] = rest;
  }
}

/** Reads the fields of one message in their order. Bodies are not copied. */
export class FieldReader {
  field = 0;
  private wireType = VARINT;
  private offset = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Moves to the next field; false at the end. */
  next(): boolean {
    if (this.offset >= this.bytes.length) return false;
    const tag = Number(this.varint());
    this.field = tag >>> 3;
    this.wireType = tag & 7;
    return true;
  }

  varint(): bigint {
    let value = 0;
    let scale = 1;
    // Seven groups of seven bits are exact in a number; almost all that comes is shorter.
    for (let count = 0; count < 7; count += 1) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return BigInt(value);
      scale *= 128;
    }
    let large = BigInt(value);
    for (let shift = 49n; ; shift += 7n) {
      const byte = this.byte();
      large |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, large);
    }
  }

  body(): Buffer {
    const length = Number(this.varint());
    const start = this.offset;
    this.offset += length;
    if (this.offset > this.bytes.length) throw new Error('protobuf: a field ends after its message');
    return this.bytes.subarray(start, this.offset);
  }

  text(): string {
    return this.body().toString('utf8');
  }

  message(): FieldReader {
    return new FieldReader(this.body());
  }

  skip(): void {
    if (this.wireType === VARINT) this.varint();
    else if (this.wireType === LENGTH_DELIMITED) this.body();
    else if (this.wireType === 1) this.offset += 8;
    else if (this.wireType === 5) this.offset += 4;
    else throw new Error(`protobuf: there is no wire type ${this.wireType}`);
  }

  private byte(): number {
    const byte = this.bytes[this.offset++];
    if (byte === undefined) throw new Error('protobuf: a number ends after its message');
    return byte;
  }
}
