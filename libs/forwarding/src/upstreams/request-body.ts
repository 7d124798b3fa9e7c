import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Problem } from '@holdfast/platform';

/** Bodies up to this length are read before they are forwarded, so that a field of the body can choose the instance, and a retry can send the body again. */
const READ_UP_TO_BYTES = 1_048_576;

const tooLarge = (): Problem => new Problem(413, 'body_too_large', 'The request body is over the limit');

/** The chunks of a body. To stop reading does not destroy the connection: the answer still goes out over it. */
const chunksOf = (request: IncomingMessage): AsyncIterable<Uint8Array> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;

async function* limited(request: IncomingMessage, limitBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw tooLarge();
      yield chunk;
    }
  } finally {
    // The service answered before the end: the rest is dropped, so that the sender gets the answer.
    if (bytes <= limitBytes) request.resume();
  }
}

/**
 * The body of a request: read when it says that it is small, else a stream that ends in a Problem when it goes over the limit.
 * @throws Problem 413 `body_too_large`; the connection's error when the sender leaves
 */
export async function bodyOf(request: IncomingMessage, limitBytes: number): Promise<Buffer | Readable | undefined> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > limitBytes) throw tooLarge();
  const isMeasured = request.headers['transfer-encoding'] === undefined;
  if (isMeasured && length === 0) return undefined;
  if (!isMeasured || length > READ_UP_TO_BYTES) return Readable.from(limited(request, limitBytes), { objectMode: false });
  const chunks: Uint8Array[] = [];
  // Node itself stops a sender at the declared length.
  for await (const chunk of chunksOf(request)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
