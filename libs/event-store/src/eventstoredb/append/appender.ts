import type { EncodedAppend } from '../../encoding.js';
import { NodeLost } from '../errors.js';
import { AppendCall } from './append-call.js';
import type { AppendAnswer } from './append-answer.js';
import { openNodeSession, type NodeAddress } from './node-session.js';
import type { OutgoingHttpHeaders } from 'node:http2';

/** What an appender uses of the client. */
export interface NodeFinder {
  /** Finds the node to append to, in a cluster its leader. */
  locate(): Promise<NodeAddress>;
  /** Headers of a call: credentials, the connection's name. */
  callHeaders(): Promise<OutgoingHttpHeaders>;
}

interface Opened {
  readonly call: Promise<AppendCall>;
  readonly ending: AbortController;
}

/** Appends over one connection of its own, which is opened with the first append, and again after it was lost. */
export class Appender {
  private opened: Opened | undefined;
  private closed = false;

  constructor(private readonly finder: NodeFinder) {}

  /** @throws NodeLost when the outcome is unknown, or the node cannot be reached */
  async append(append: EncodedAppend, timeoutMs: number): Promise<AppendAnswer> {
    if (this.closed) throw new NodeLost('EventStoreDB: the connection is closed');
    const { call } = (this.opened ??= this.open());
    return (await call).send(append, timeoutMs);
  }

  /** Ends the connection; appends under way are rejected, the next one opens another. */
  endCalls(reason: string): void {
    const { opened } = this;
    this.opened = undefined;
    void opened?.call.then(
      (call) => call.close(reason),
      () => undefined,
    );
    opened?.ending.abort();
  }

  close(): void {
    this.closed = true;
    this.endCalls('it was closed');
  }

  private open(): Opened {
    const ending = new AbortController();
    const opened: Opened = { ending, call: this.connect(ending.signal, () => this.forget(opened)) };
    opened.call.catch(() => this.forget(opened));
    return opened;
  }

  private async connect(ending: AbortSignal, onEnd: () => void): Promise<AppendCall> {
    try {
      const [address, headers] = await Promise.all([this.finder.locate(), this.finder.callHeaders()]);
      return new AppendCall(await openNodeSession(address, ending), headers, onEnd);
    } catch (error) {
      throw new NodeLost(`EventStoreDB cannot be reached: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  private forget(opened: Opened): void {
    if (this.opened === opened) this.opened = undefined;
  }
}
