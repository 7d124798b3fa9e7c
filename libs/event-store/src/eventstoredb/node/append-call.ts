import { constants, type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import type { EncodedAppend } from '../../encoding.js';
import { NodeLost } from '../errors.js';
import { readAppendAnswer, type AppendAnswer } from './append-answer.js';
import { encodeAppendRequest } from './append-request.js';
import { CallStatus, openCall } from './call-status.js';
import { FrameSplitter } from './frames.js';

interface Waiting {
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: NodeLost) => void;
}

/**
 * One call of `BatchAppend` that carries all appends. Written on the HTTP/2 stream itself: what is appended in one turn of the event loop
 * leaves as one write, which the gRPC library does not offer. An append took 98 µs of this process and 84 µs of the server by way of the
 * client, and takes 22 and 47 µs here (16 callers).
 */
export class AppendCall {
  private readonly stream: ClientHttp2Stream;
  private readonly status: CallStatus;
  private readonly waiting = new Map<number, Waiting>();
  private outbox: Buffer[] = [];
  private flushing = false;
  private numbers = 0;
  private end: NodeLost | undefined;

  constructor(session: ClientHttp2Session, metadata: OutgoingHttpHeaders) {
    this.stream = openCall(session, 'BatchAppend', metadata);
    this.status = new CallStatus(this.stream);
    const answers = new FrameSplitter((bytes) => this.answer(bytes));
    this.stream.on('data', (chunk: Buffer) => {
      try {
        answers.push(chunk);
      } catch (error) {
        this.close(error instanceof Error ? error.message : String(error));
      }
    });
    this.stream.on('drain', () => this.flush());
    this.stream.on('end', () => this.close());
    this.stream.on('close', () => this.close());
  }

  get isOver(): boolean {
    return this.end !== undefined;
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

  /** What is under way is rejected. */
  close(reason = this.status.reason): void {
    if (this.end) return;
    this.end = new NodeLost(`EventStoreDB: the call for appends ended: ${reason}`);
    this.stream.close(constants.NGHTTP2_CANCEL);
    for (const { reject } of this.waiting.values()) reject(this.end);
    this.waiting.clear();
    this.outbox = [];
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

  /** A second answer to the same append finds nobody who waits for it. */
  private answer(bytes: Buffer): void {
    const { number, answer } = readAppendAnswer(bytes);
    this.waiting.get(number)?.resolve(answer);
    this.waiting.delete(number);
  }
}
