import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import { unsupportedMediaType } from '../problems/to-problem.js';

/** A file that a request sends, piece by piece. Reading it throws a Problem where it goes over the limit or is cut off. */
export interface FileBody {
  readonly pieces: AsyncIterable<Buffer>;
  /** As the sender says, with its charset. */
  readonly contentType: string | undefined;
}

// What was not read would be taken for the next request.
const tooLarge = (): Problem =>
  new Problem(413, 'body_too_large', 'The request body is over the limit', { headers: { connection: 'close' } });

/** Nobody is there to read this answer; it keeps a sender that left from being counted as a fault of ours. */
const cutOff = (cause: unknown): Problem => new Problem(400, 'body_cut_off', 'The sender left before the body was whole', { cause });

/** The bytes of a body up to a limit. What is left when the reader stops is read and dropped, so that the sender gets the answer. */
export async function* bounded(body: Readable, limitBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.byteLength;
      if (bytes > limitBytes) throw tooLarge();
      yield piece;
    }
  } catch (error) {
    throw error instanceof Problem ? error : cutOff(error);
  } finally {
    if (bytes <= limitBytes) body.resume();
  }
}

/** @throws Problem 413 before anything is read */
function requireWithin({ headers }: FastifyRequest, limitBytes: number): void {
  if (Number(headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
}

/** The body as bytes. @throws Problem 400 `body_cut_off`; 413 `body_too_large` */
export async function bytesOf(request: FastifyRequest, body: Readable, limitBytes: number): Promise<Buffer> {
  requireWithin(request, limitBytes);
  const pieces: Buffer[] = [];
  for await (const piece of bounded(body, limitBytes)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The body as a file. @throws Problem 413 `body_too_large` */
export function fileOfBody(request: FastifyRequest, body: Readable, limitBytes: number): FileBody {
  requireWithin(request, limitBytes);
  return { pieces: bounded(body, limitBytes), contentType: request.headers['content-type'] };
}

/**
 * The one file of a form (`multipart/form-data`). Other fields are refused: what they would say belongs into the query.
 * @throws Problem 400 `validation_failed`, also while the file is read; 413 `body_too_large`; 415 for a form without a boundary
 */
export function fileOfForm(request: FastifyRequest, body: Readable, limitBytes: number): Promise<FileBody> {
  requireWithin(request, limitBytes);
  const form = parserOf(request);
  const source = Readable.from(bounded(body, limitBytes), { objectMode: false });
  return new Promise((resolve, reject) => {
    let file: Readable | undefined;
    const whole = new Promise<void>((done, failed) => {
      // A form that is cut off ends its file by an error, perhaps before anybody reads it.
      const fail = (error: Error): void => {
        failed(error);
        file?.destroy(error);
      };
      form.once('finish', done).once('error', fail);
      form.once('filesLimit', () => failed(formFault('there must be one file')));
      form.on('field', (name) => failed(formFault(`${name.slice(0, 100)} is no file; options belong into the query`)));
      form.once('file', (_field, stream, _name, _encoding, contentType) => {
        file = stream.on('error', fail);
        resolve({ pieces: untilWhole(stream, () => whole), contentType });
      });
      source.once('error', fail);
    });
    whole.then(
      () => reject(formFault('there must be a file in the form')),
      (error: unknown) => reject(faultOfForm(error)),
    );
    source.pipe(form);
  });
}

/** More parts than a file and a field are counted as faults, not kept. */
const FORM_LIMITS = { files: 1, fields: 1, fieldSize: 1_000, parts: 3 };

function parserOf({ headers }: FastifyRequest): BusboyInstance {
  try {
    return new Busboy({ headers: { ...headers, 'content-type': headers['content-type'] ?? '' }, limits: FORM_LIMITS });
  } catch {
    throw unsupportedMediaType();
  }
}

/** The pieces of the file; the form behind it must be faultless, too. */
async function* untilWhole(file: Readable, whole: () => Promise<void>): AsyncGenerator<Buffer> {
  try {
    yield* file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    await whole();
  } catch (error) {
    throw faultOfForm(error);
  } finally {
    file.resume();
  }
}

const formFault = (message: string): Problem =>
  new Problem(400, 'validation_failed', 'The form has a fault', { details: [{ field: 'body', message }] });

/** What the parser says itself is of a form that is cut off or malformed. */
const faultOfForm = (error: unknown): Error =>
  error instanceof Problem || (error instanceof Error && 'code' in error)
    ? error
    : formFault('is no multipart form, or ends before its last boundary');
