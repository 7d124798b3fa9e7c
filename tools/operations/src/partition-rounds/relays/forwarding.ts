import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { Delayed } from './delayed.js';
import type { Route } from './relay-orders.js';

/**
 * Takes connections and forwards them to another program on this machine.
 * @param delayMsOf how late the bytes from and to a client's address come, asked at each piece
 */
export async function forwarding({ host, port, target }: Route, delayMsOf: (address: string) => number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const address = client.remoteAddress ?? '';
    forward(client, connectionTo(target), () => delayMsOf(address));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  return server;
}

const connectionTo = (target: Route['target']): Socket =>
  createConnection({ ...(typeof target === 'number' ? { port: target, host: '127.0.0.1' } : { path: target }), allowHalfOpen: true });

/** An end of one side becomes an end of the other; a break of one breaks the other. */
function forward(client: Socket, server: Socket, delayMs: () => number): void {
  const ways = [
    [client, server],
    [server, client],
  ] as const;
  for (const [from, to] of ways) {
    from.setNoDelay(true);
    // Before a pipeline ends it as if there were no fault.
    from.once('error', () => to.resetAndDestroy());
  }
  for (const [from, to] of ways) pipeline(from, new Delayed(delayMs), to, () => undefined);
}
