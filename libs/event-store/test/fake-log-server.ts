import { EventEmitter } from 'node:events';
import { TimeoutError } from '@eventstore/db-client';
import type { LogServer } from '../src/eventstoredb/tail.js';

/** A subscription of the client that says what a test lets it. */
export class FakeCall extends EventEmitter {
  unsubscribed = false;
  paused = false;

  /** @param from position after which it was asked to begin, `undefined` for the start of the log */
  constructor(
    readonly from: bigint | undefined,
    /** Whether the server filters: so do subscribers that catch up, the live reader does not. */
    readonly filtered: boolean,
  ) {
    super();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  push(item: unknown): void {
    this.emit('data', item);
  }

  unsubscribe(): Promise<void> {
    this.unsubscribed = true;
    return Promise.resolve();
  }

  give(...positions: readonly bigint[]): void {
    for (const position of positions) this.push(fakeEvent(position));
  }

  /** As the server ends a live subscription whose buffer is full. */
  cutOff(): void {
    this.emit('error', new TimeoutError(undefined, 'Consumer too slow'));
  }
}

const fakeEvent = (commit: bigint): unknown => ({
  commitPosition: commit,
  event: { id: `id-${commit}`, type: 'T.v1', streamId: `s-${commit}`, revision: 0n, data: {}, metadata: {}, created: new Date(0) },
});

interface Asked {
  readonly fromPosition: { readonly commit: bigint } | string;
  readonly filter?: unknown;
}

/** The server as the live reader and subscribers use it. */
export class FakeLogServer {
  readonly calls: FakeCall[] = [];
  heads = 0;
  head = 5n;

  get live(): readonly FakeCall[] {
    return this.calls.filter(({ filtered }) => !filtered);
  }

  get catchingUp(): readonly FakeCall[] {
    return this.calls.filter(({ filtered }) => filtered);
  }

  get asLogServer(): LogServer {
    const subscribeToAll = ({ fromPosition, filter }: Asked): FakeCall => {
      const call = new FakeCall(typeof fromPosition === 'string' ? undefined : fromPosition.commit, filter !== undefined);
      this.calls.push(call);
      return call;
    };
    return {
      head: () => {
        this.heads += 1;
        return Promise.resolve(this.head);
      },
      use: (work: (client: unknown) => Promise<unknown>) => work({ subscribeToAll }),
    } as unknown as LogServer;
  }
}
