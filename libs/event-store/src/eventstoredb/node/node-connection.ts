import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { within } from '@holdfast/kit';
import type { EncodedAppend } from '../../encoding.js';
import type { ReadStreamOptions, RecordedEvent } from '../../port.js';
import { NodeLost } from '../errors.js';
import type { AppendAnswer } from './append-answer.js';
import { AppendCall } from './append-call.js';
import { openNodeSession, type NodeAddress } from './node-session.js';
import { readStream } from './stream-read.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** What a connection uses of the client. */
export interface NodeFinder {
  /** Finds the node, in a cluster the leader. */
  locate(): Promise<NodeAddress>;
  /** Headers of a call: credentials, the connection's name. */
  callHeaders(): Promise<OutgoingHttpHeaders>;
}

interface Ready {
  readonly session: ClientHttp2Session;
  readonly headers: OutgoingHttpHeaders;
  appends: AppendCall;
}

interface Opened {
  readonly ready: Promise<Ready>;
  readonly ending: AbortController;
}

/** Appends, and reads streams, over one connection that is opened with the first call, and again after it was lost. */
export class NodeConnection {
  private opened: Opened | undefined;
  private closed = false;

  constructor(private readonly finder: NodeFinder) {}

  /** @throws NodeLost when the outcome is unknown, or the node cannot be reached */
  async append(append: EncodedAppend, timeoutMs: number): Promise<AppendAnswer> {
    const ready = await this.open();
    if (ready.appends.isOver) ready.appends = new AppendCall(ready.session, ready.headers);
    return ready.appends.send(append, timeoutMs);
  }

  /** @throws NodeLost, EventStoreUnavailable */
  async readStream(stream: string, options: ReadStreamOptions, timeoutMs: number): Promise<readonly RecordedEvent[]> {
    const { session, headers } = await this.open();
    return readStream(session, headers, stream, options, timeoutMs);
  }

  /** Ends the connection with all that is under way; the next call opens another. */
  end(reason: string): void {
    const { opened } = this;
    this.opened = undefined;
    void opened?.ready.then(
      ({ appends, session }) => {
        appends.close(reason);
        session.destroy();
      },
      () => undefined,
    );
    opened?.ending.abort();
  }

  close(): void {
    this.closed = true;
    this.end('it was closed');
  }

  private open(): Promise<Ready> {
    if (this.closed) return Promise.reject(new NodeLost('EventStoreDB: the connection is closed'));
    if (this.opened) return this.opened.ready;
    const ending = new AbortController();
    const ready = within(
      CONNECT_TIMEOUT_MS,
      this.connect(ending.signal, () => this.forget(opened)),
      () => {
        ending.abort();
        return new NodeLost(`EventStoreDB: no connection within ${CONNECT_TIMEOUT_MS} ms`);
      },
    );
    const opened: Opened = { ending, ready };
    ready.catch(() => this.forget(opened));
    this.opened = opened;
    return ready;
  }

  private async connect(ending: AbortSignal, onLost: () => void): Promise<Ready> {
    try {
      const [address, headers] = await Promise.all([this.finder.locate(), this.finder.callHeaders()]);
      const session = await openNodeSession(address, ending);
      session.on('close', onLost);
      return { session, headers, appends: new AppendCall(session, headers) };
    } catch (error) {
      throw new NodeLost(`EventStoreDB cannot be reached: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  private forget(opened: Opened): void {
    if (this.opened === opened) this.opened = undefined;
  }
}
