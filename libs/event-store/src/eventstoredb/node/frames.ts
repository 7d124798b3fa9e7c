/** gRPC's prefix of a message: a flag for compression, and the length in four bytes. */
export const FRAME_BYTES = 5;

/** Writes the prefix of a message of so many bytes at the beginning of the buffer. */
export function writeFrame(buffer: Buffer, length: number): void {
  buffer[0] = 0;
  buffer.writeUInt32BE(length, 1);
}

/** Cuts what is received into messages, which do not end where chunks do. */
export class FrameSplitter {
  private rest: Buffer | undefined;

  constructor(private readonly onMessage: (bytes: Buffer) => void) {}

  /** @throws what the listener throws */
  push(chunk: Buffer): void {
    const bytes = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    let offset = 0;
    while (bytes.length - offset >= FRAME_BYTES) {
      const begin = offset + FRAME_BYTES;
      const end = begin + bytes.readUInt32BE(offset + 1);
      if (end > bytes.length) break;
      this.onMessage(bytes.subarray(begin, end));
      offset = end;
    }
    this.rest = offset === bytes.length ? undefined : bytes.subarray(offset);
  }
}
