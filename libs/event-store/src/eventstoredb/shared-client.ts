import { CancelledError, NotLeaderError, UnavailableError } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { EncodedAppend } from '../encoding.js';
import type { AppendAnswer } from './node/append-answer.js';
import { Clients } from './clients.js';
import { NodeLost } from './errors.js';
import type { ReadStreamOptions, RecordedEvent } from '../port.js';

/** Clients are kept at least so long: while the whole cluster is away, every call fails, and new clients would be of no more use. */
const LEAST_LIFE_MS = 500;

let shared: { readonly connectionString: string; readonly connection: Connection } | undefined;

/**
 * What all stores of a process share: one connection for the log, and one for appends and streams.
 * @throws Error when the process has a store open at another address
 */
export function connect(connectionString: string): Connection {
  if (shared?.connectionString !== connectionString) {
    if (shared?.connection.inUse) throw new Error('one process can use one EventStoreDB only; close the other store first');
    shared = { connectionString, connection: new Connection(connectionString) };
  }
  shared.connection.enter();
  return shared.connection;
}

/**
 * The clients of one address. A node's clients connect to it again by themselves. Those of a cluster are replaced by others, which ask for
 * the leader, once for all calls that fail together.
 */
export class Connection {
  private readonly isCluster: boolean;
  private clients: Clients | undefined;
  private users = 0;

  constructor(private readonly connectionString: string) {
    this.isCluster = /^esdb\+discover:|,/i.test(connectionString.split('?')[0] ?? '');
  }

  get inUse(): boolean {
    return this.users > 0;
  }

  enter(): void {
    this.users += 1;
  }

  /** Ends all calls and the connection when the last store has left. */
  async leave(): Promise<void> {
    this.users -= 1;
    const { clients } = this;
    if (this.inUse || clients === undefined) return;
    this.replace(clients);
    await clients.reader.endCalls();
  }

  read<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const clients = this.current();
    return this.noting(clients, work(clients.reader.client));
  }

  append(append: EncodedAppend, timeoutMs: number): Promise<AppendAnswer> {
    const clients = this.current();
    return this.noting(clients, clients.node.append(append, timeoutMs));
  }

  readStream(stream: string, options: ReadStreamOptions, timeoutMs: number): Promise<readonly RecordedEvent[]> {
    const clients = this.current();
    return this.noting(clients, clients.node.readStream(stream, options, timeoutMs));
  }

  /** Ends the connection of appends after one that was never answered. All under way are rejected; the next one opens another. */
  endAppends(): void {
    this.clients?.node.end('an append was not answered in time');
  }

  private current(): Clients {
    this.clients ??= new Clients(this.connectionString);
    return this.clients;
  }

  private async noting<T>(clients: Clients, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (this.isCluster && clients === this.clients && isBroken(error) && performance.now() - clients.openedAt >= LEAST_LIFE_MS) {
        this.replace(clients);
      }
      throw error;
    }
  }

  private replace(clients: Clients): void {
    this.clients = undefined;
    clients.close();
  }
}

const isBroken = (error: unknown): boolean =>
  [UnavailableError, CancelledError, NotLeaderError, NodeLost].some((kind) => error instanceof kind);
