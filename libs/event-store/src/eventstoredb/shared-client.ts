import { CancelledError, NotLeaderError, UnavailableError } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { Clients } from './clients.js';

/** Clients are kept at least so long: while the whole cluster is away, every call fails, and new clients would be of no more use. */
const LEAST_LIFE_MS = 500;

let shared: { readonly connectionString: string; readonly connection: Connection } | undefined;

/**
 * The process's one connection. The client keeps pending appends in a table that all clients of a process share: where one client's
 * call for appends ends, the appends of the others are rejected too, and late answers to them end the process.
 * @throws Error when the process has a store open at another address
 */
export function connect(connectionString: string): Connection {
  if (shared?.connectionString !== connectionString) {
    if (shared?.connection.inUse) throw new Error('one process can use one EventStoreDB only; close the other store first');
    shared = { connectionString, connection: new Connection(withoutThrowing(connectionString)) };
  }
  shared.connection.enter();
  return shared.connection;
}

/** With it a wrong revision is an answer, not an error. */
function withoutThrowing(connectionString: string): string {
  const [address = '', query = ''] = connectionString.split('?');
  const settings = new URLSearchParams(query);
  settings.set('throwOnAppendFailure', 'false');
  return `${address}?${settings.toString()}`;
}

/**
 * The clients of one address. A node's clients connect to it again by themselves. Those of a cluster are replaced by others, which ask for
 * the leader, once for all calls that fail together.
 */
export class Connection {
  private readonly isCluster: boolean;
  private clients: Clients | undefined;
  private users = 0;
  /** Resolves when no earlier call for appends is open, whose end would reject the appends on the next. */
  private settled: Promise<unknown> = Promise.resolve();
  private renewing: Promise<void> | undefined;

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
    await this.settled;
  }

  read<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const clients = this.current();
    return this.noting(clients, work(clients.reader.client));
  }

  async append<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    await this.settled;
    const clients = this.current();
    return this.noting(clients, work(clients.appender.client));
  }

  /** Ends the call that carries the appends, after one that was never answered. All under way are rejected; the next one opens another call. */
  endAppends(): void {
    const { clients } = this;
    if (this.renewing !== undefined || clients === undefined) return;
    this.renewing = clients.appender.endCalls().finally(() => {
      this.renewing = undefined;
    });
    this.settled = Promise.all([this.settled, this.renewing]);
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
    this.settled = Promise.all([this.settled, clients.close()]);
  }
}

const isBroken = (error: unknown): boolean => [UnavailableError, CancelledError, NotLeaderError].some((kind) => error instanceof kind);
