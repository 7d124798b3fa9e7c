import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { experimental } from '@grpc/grpc-js';
import type { ChannelCredentials, ChannelOptions } from '@grpc/grpc-js';

const DEFAULT_PORT = 2_113;
/** Longest delay of a timer; who switches keep-alive off asks for more. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** A node as the client found it: what its own channel would connect to, and how. */
export interface NodeAddress {
  /** `dns:HOST:PORT` */
  readonly target: string;
  readonly credentials: ChannelCredentials;
  readonly options: ChannelOptions;
}

/**
 * An HTTP/2 session with a node, checked by pings like one of a gRPC channel.
 * @param ending ends the connection, also while it is being made
 * @throws the error of the connection
 */
export async function openNodeSession({ target, credentials, options }: NodeAddress, ending: AbortSignal): Promise<ClientHttp2Session> {
  const path = target.replace(/^dns:/, '');
  const { host = '', port = DEFAULT_PORT } = experimental.splitHostPort(path) ?? {};
  const connector = credentials._createSecureConnector({ scheme: 'dns', path }, options);
  await connector.waitForReady();
  const { socket, secure } = await connector.connect(await connected(connect({ host, port, noDelay: true, signal: ending })));
  const session = connectHttp2(`${secure ? 'https' : 'http'}://${path}`, { createConnection: () => socket });
  // Its calls say what happened. A node that says goodbye takes no further calls, so the next ones need another session.
  session.on('error', () => undefined);
  session.on('goaway', () => session.destroy());
  keepAlive(session, options);
  return session;
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    // It stays after the connection is made: an aborted socket emits its error, too.
    socket.on('error', reject);
  });
}

/** Ends a session whose ping is not answered before the next one is due. */
function keepAlive(session: ClientHttp2Session, { 'grpc.keepalive_time_ms': intervalMs = LONGEST_TIMER_MS }: ChannelOptions): void {
  if (intervalMs >= LONGEST_TIMER_MS) return;
  let answered = true;
  const beating = setInterval(() => {
    if (session.destroyed) return;
    if (!answered) return session.destroy();
    answered = false;
    session.ping(() => (answered = true));
  }, intervalMs);
  beating.unref();
  session.once('close', () => clearInterval(beating));
}
