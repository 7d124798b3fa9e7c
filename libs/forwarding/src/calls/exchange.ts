import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';

/** A request that comes over no connection. @param url path with query */
export function requestOf(method: string, url: string, headers: Readonly<Record<string, string>>, body?: Buffer): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  const length = body === undefined ? {} : { 'content-length': String(body.byteLength) };
  Object.assign(request, { method, url, headers: { host: 'in-process', ...headers, ...length }, complete: true });
  if (body !== undefined) request.push(body);
  request.push(null);
  return request;
}

/** An answer that goes over no connection: its bytes are read from `body`, as fast as the reader wants them. */
export class ReadableResponse extends ServerResponse {
  readonly body = new PassThrough();
  private isClosed = false;

  constructor(request: IncomingMessage) {
    super(request);
    // Once a header was set, those that are given to `writeHead` are kept too.
    this.setHeader('date', '');
    this.removeHeader('date');
    // A writer asks these how far its reader is.
    Object.defineProperties(this, {
      writableLength: { get: () => this.body.writableLength },
      writableNeedDrain: { get: () => this.body.writableNeedDrain },
    });
    this.body.on('drain', () => this.emit('drain'));
    // The reader has left, or has read all of it.
    this.body.once('close', () => this.close());
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    super.writeHead(status, ...(rest as [OutgoingHttpHeaders]));
    this.emit('answered');
    return this;
  }

  override write(chunk: unknown, encoding?: unknown): boolean {
    if (!this.headersSent) this.writeHead(this.statusCode);
    if (this.body.destroyed) return false;
    return this.body.write(
      typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8') : chunk,
    );
  }

  override end(chunk?: unknown, encoding?: unknown): this {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, encoding);
    else if (!this.headersSent) this.writeHead(this.statusCode);
    this.finished = true;
    this.body.end();
    process.nextTick(() => {
      this.emit('finish');
      this.close();
    });
    return this;
  }

  /** Half an answer is out: its reader is told. */
  override destroy(error?: Error): this {
    if (!this.finished) this.body.destroy(error ?? new Error('the answer was cut off'));
    this.close();
    return this;
  }

  private close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.destroyed = true;
    process.nextTick(() => this.emit('close'));
  }
}

/** Resolves with the head of the answer. @throws where the answer is cut off before */
export async function headOf(response: ReadableResponse): Promise<void> {
  if (response.headersSent) return;
  await new Promise<void>((resolve, reject) => {
    response.once('answered', resolve);
    response.body.once('error', reject);
  });
}

/** All of the answer as text. */
export async function textOf(response: ReadableResponse): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
