import { EventStoreDBClient } from '@eventstore/db-client';

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
 * One client appends and nothing else, another one reads. A client whose read fails changes to a new channel but leaves its
 * call for appends open on the old one, and the end of that would hit the appends on the new.
 */
export class Connection {
  readonly reader: EventStoreDBClient;
  private readonly appender: EventStoreDBClient;
  private users = 0;
  private renewing: Promise<void> | undefined;

  constructor(connectionString: string) {
    this.reader = EventStoreDBClient.connectionString(connectionString);
    this.appender = EventStoreDBClient.connectionString(connectionString);
  }

  get inUse(): boolean {
    return this.users > 0;
  }

  enter(): void {
    this.users += 1;
  }

  /** Ends all calls when the last store has left the connection. */
  async leave(): Promise<void> {
    this.users -= 1;
    if (!this.inUse) await Promise.all([this.renewAppender(), this.reader.dispose()]);
  }

  /** The client to append with, once no recovery is under way. */
  async writer(): Promise<EventStoreDBClient> {
    await this.renewing;
    return this.appender;
  }

  /** Ends the call that carries the appends, after one that was never answered. All under way are rejected; the next one opens another call. */
  renewAppender(): Promise<void> {
    this.renewing ??= this.appender.dispose().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }
}
