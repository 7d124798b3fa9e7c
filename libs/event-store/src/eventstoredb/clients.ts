import { EventStoreDBClient } from '@eventstore/db-client';
import { Channel, connectivityState } from '@grpc/grpc-js';
import type { ChannelCredentials, ChannelOptions } from '@grpc/grpc-js';

/** gRPC would wait for up to two minutes before it connects again, most of it after the server is back. */
const FIRST_RECONNECT_MS = 100;
const MOST_RECONNECT_MS = 1_000;

/**
 * A client with one channel, which connects again by itself. The client's own recovery is switched off: calls that fail together each
 * start it, each opens another channel, and neither these nor the last one are ever closed. What is replaced here is private to the client,
 * so its version is fixed in `package.json`.
 */
export class OwnedClient {
  readonly client: EventStoreDBClient;
  private channel: Channel | undefined;
  private closed = false;

  constructor(connectionString: string) {
    const client = EventStoreDBClient.connectionString(connectionString);
    const createChannel = client['createChannel'] as () => Promise<Channel>;
    Object.assign(client, { createChannel: async () => this.own(await createChannel()) });
    client['handleError'] = () => Promise.resolve();
    // Whether the server knows batched appends: it asks without a deadline, and would keep a failed answer for good.
    client['supports'] = () => Promise.resolve(true);
    this.client = client;
  }

  /** Ends calls under way. Resolves when they have ended. */
  endCalls(): Promise<void> {
    return this.client.dispose();
  }

  /** Takes no more calls; those under way go on, and the connection ends with the last. */
  close(): void {
    this.closed = true;
    if (this.channel) closeConnected(this.channel);
  }

  /** The same channel with settings that the client does not let through, and with a connection of its own. */
  private own(made: Channel): Channel {
    const { credentials, options } = made['internalChannel'] as { credentials: ChannelCredentials; options: ChannelOptions };
    made.close();
    this.channel = new Channel(made.getTarget(), credentials, {
      ...options,
      'grpc.initial_reconnect_backoff_ms': FIRST_RECONNECT_MS,
      'grpc.max_reconnect_backoff_ms': MOST_RECONNECT_MS,
      'grpc.use_local_subchannel_pool': 1,
    });
    if (this.closed) this.channel.close();
    return this.channel;
  }
}

/**
 * A channel that is closed while it waits to connect again, or from within a change of its state, does connect afterwards, and that
 * connection is never closed (grpc-js 1.14).
 */
function closeConnected(channel: Channel): void {
  const waiting = connectivityState.TRANSIENT_FAILURE;
  if (channel.getConnectivityState(false) !== waiting) channel.close();
  else channel.watchConnectivityState(waiting, Infinity, () => setImmediate(() => closeConnected(channel)));
}

/**
 * One client appends and nothing else, another one reads: an append that is never answered is given up by ending all calls of its client.
 * Each has one connection.
 */
export class Clients {
  readonly reader: OwnedClient;
  readonly appender: OwnedClient;
  readonly openedAt = performance.now();

  constructor(connectionString: string) {
    this.reader = new OwnedClient(connectionString);
    this.appender = new OwnedClient(connectionString);
  }

  /** Reads under way go on, appends are rejected. Resolves when no append is under way. */
  close(): Promise<void> {
    this.reader.close();
    this.appender.close();
    return this.appender.endCalls();
  }
}
