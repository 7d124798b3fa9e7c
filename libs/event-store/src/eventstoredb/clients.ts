import { EventStoreDBClient } from '@eventstore/db-client';
import { Channel, connectivityState } from '@grpc/grpc-js';
import type { CallCredentials, ChannelCredentials, ChannelOptions, Metadata } from '@grpc/grpc-js';
import type { OutgoingHttpHeaders } from 'node:http2';
import { NodeConnection, type NodeFinder } from './node/node-connection.js';
import type { NodeAddress } from './node/node-session.js';

/** gRPC would wait for up to two minutes before it connects again, most of it after the server is back. */
const FIRST_RECONNECT_MS = 100;
const MOST_RECONNECT_MS = 1_000;

/**
 * A client with one channel, which connects again by itself. The client's own recovery is switched off: calls that fail together each
 * start it, each opens another channel, and neither these nor the last one are ever closed. What is replaced here is private to the client,
 * so its version is fixed in `package.json`.
 */
export class OwnedClient implements NodeFinder {
  readonly client: EventStoreDBClient;
  private readonly createChannel: () => Promise<Channel>;
  private channel: Channel | undefined;
  private closed = false;

  constructor(connectionString: string) {
    const client = EventStoreDBClient.connectionString(connectionString);
    this.createChannel = client['createChannel'] as () => Promise<Channel>;
    Object.assign(client, { createChannel: async () => this.own(await this.locate()) });
    client['handleError'] = () => Promise.resolve();
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

  /** In a cluster it asks for the leader each time. */
  async locate(): Promise<NodeAddress> {
    const made = await this.createChannel();
    const { credentials, options } = made['internalChannel'] as { credentials: ChannelCredentials; options: ChannelOptions };
    const target = made.getTarget();
    made.close();
    return { target, credentials, options };
  }

  async callHeaders(): Promise<OutgoingHttpHeaders> {
    const callArguments = this.client['callArguments'] as (
      options: object,
      defaults: object,
    ) => readonly [Metadata, { readonly credentials?: CallCredentials }];
    const [metadata, { credentials }] = callArguments({}, { deadline: Infinity });
    // The client's own credentials are the same for every service.
    const secret = await credentials?.generateMetadata({ service_url: '', method_name: '' });
    return { ...metadata.toHttp2Headers(), ...secret?.toHttp2Headers() };
  }

  /** A channel with settings that the client does not let through, and with a connection of its own. */
  private own({ target, credentials, options }: NodeAddress): Channel {
    this.channel = new Channel(target, credentials, {
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

/** The client reads the whole log, by one connection; appends and reads of streams have another, which can be given up without it. */
export class Clients {
  readonly reader: OwnedClient;
  readonly node: NodeConnection;
  readonly openedAt = performance.now();

  constructor(connectionString: string) {
    this.reader = new OwnedClient(connectionString);
    this.node = new NodeConnection(this.reader);
  }

  /** Reads of the log under way go on; all else is rejected. */
  close(): void {
    this.reader.close();
    this.node.close();
  }
}
