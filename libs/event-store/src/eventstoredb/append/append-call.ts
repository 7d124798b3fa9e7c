import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import type { EncodedAppend } from '../../encoding.js';
import { NodeLost } from '../errors.js';
import { readAppendAnswer, type AppendAnswer } from './append-answer.js';
import { encodeAppendRequest, FRAME_BYTES } from './append-request.js';

const PATH = '/event_store.client.streams.Streams/BatchAppend';

interface Waiting {
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: NodeLost) => void;
}

/**
 * One call of `BatchAppend` that carries all appends over a session of its own. Written on the HTTP/2 stream itself: what is appended in one
 * turn of the event loop leaves as one write, which the gRPC library does not offer. An append took 98 µs of this process and 84 µs of the
 * server by way of the client, and takes 22 and 47 µs here (16 callers).
 */
export class AppendCall {
  private readonly stream: ClientHttp2Stream;
  private readonly waiting = new Map<number, Waiting>();
  private outbox: Buffer[] = [];
  private flushing = false;
  private received: Buffer | undefined;
  private numbers = 0;
  private status = 'the connection was lost';
  private end: NodeLost | undefined;

  /** @param onEnd called once, when the call has ended, whoever ended it */
  constructor(
    private readonly session: ClientHttp2Session,
    metadata: OutgoingHttpHeaders,
    private readonly onEnd: () => void,
  ) {
    const headers = { ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc', te: 'trailers', ...metadata };
    this.stream = session.request(headers, { endStream: false });
    this.stream.on('data', (chunk: Buffer) => this.take(chunk));
    this.stream.on('response', (answered: IncomingHttpHeaders) => this.note(answered));
    this.stream.on('trailers', (answered: IncomingHttpHeaders) => this.note(answered));
    this.stream.on('error', (error: Error) => {
      this.status = error.message;
    });
    this.stream.on('drain', () => this.flush());
    this.stream.on('end', () => this.close());
    this.stream.on('close', () => this.close());
    session.on('close', () => this.close());
  }

  /** @throws NodeLost when the call ends before the answer: the outcome is unknown */
  send(append: EncodedAppend, timeoutMs: number): Promise<AppendAnswer> {
    if (this.end) return Promise.reject(this.end);
    const number = (this.numbers += 1);
    this.outbox.push(encodeAppendRequest(number, append, Date.now() + timeoutMs));
    if (!this.flushing) {
      this.flushing = true;
      setImmediate(() => this.flush());
    }
    return new Promise((resolve, reject) => this.waiting.set(number, { resolve, reject }));
  }

  /** Ends the call and its connection; what is under way is rejected. */
  close(reason = this.status): void {
    if (this.end) return;
    this.end = new NodeLost(`EventStoreDB: the call for appends ended: ${reason}`);
    this.session.destroy();
    for (const { reject } of this.waiting.values()) reject(this.end);
    this.waiting.clear();
    this.outbox = [];
    this.onEnd();
  }

  private flush(): void {
    if (this.stream.writableNeedDrain || this.end) return;
    this.flushing = false;
    const [first, ...more] = this.outbox;
    if (first === undefined) return;
    this.outbox = [];
    // Where the server takes no more, the next appends wait here until it does.
    if (!this.stream.write(more.length === 0 ? first : Buffer.concat([first, ...more]))) this.flushing = true;
  }

  /** Answers come in order of their bytes, not in pieces that fit chunks. */
  private take(chunk: Buffer): void {
    const bytes = this.received === undefined ? chunk : Buffer.concat([this.received, chunk]);
    let offset = 0;
    try {
      while (bytes.length - offset >= FRAME_BYTES) {
        const begin = offset + FRAME_BYTES;
        const end = begin + bytes.readUInt32BE(offset + 1);
        if (end > bytes.length) break;
        this.answer(bytes.subarray(begin, end));
        offset = end;
      }
    } catch (error) {
      return this.close(error instanceof Error ? error.message : String(error));
    }
    this.received = offset === bytes.length ? undefined : bytes.subarray(offset);
  }

  /** A second answer to the same append finds nobody who waits for it. */
  private answer(bytes: Buffer): void {
    const { number, answer } = readAppendAnswer(bytes);
    this.waiting.get(number)?.resolve(answer);
    this.waiting.delete(number);
  }

  /** Headers of an answer without messages, and trailers of any, hold the status of the call. */
  private note(headers: IncomingHttpHeaders): void {
    const { 'grpc-status': code, 'grpc-message': message } = headers;
    if (code !== undefined) this.status = `status ${String(code)} ${decodeURIComponent(String(message ?? ''))}`.trim();
    else if (headers[':status'] !== undefined && Number(headers[':status']) !== 200) this.status = `HTTP status ${headers[':status']}`;
  }
}
