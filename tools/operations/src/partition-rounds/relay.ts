import { createConnection, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { Delayed } from './delayed.js';
import { isOrder, type Route } from './relay-orders.js';

// Runs in the namespace of a node: takes connections at the address of the node and forwards them to a program there that listens on the
// loopback address or on a Unix socket. Its arguments are routes as JSON; its parent says by messages whose bytes come late.

let delays: ReadonlyMap<string, number> = new Map();

function forward(client: Socket, { target }: Route): void {
  const address = client.remoteAddress ?? '';
  const delayMs = (): number => delays.get(address) ?? 0;
  const server =
    typeof target === 'number'
      ? createConnection({ port: target, host: '127.0.0.1', allowHalfOpen: true })
      : createConnection({ path: target, allowHalfOpen: true });
  const ways = [
    [client, server],
    [server, client],
  ] as const;
  for (const [from, to] of ways) {
    from.setNoDelay(true);
    // An end of one side becomes an end of the other; a break of one breaks both.
    pipeline(from, new Delayed(delayMs), to, (error) => {
      if (!error) return;
      client.destroy();
      server.destroy();
    });
  }
}

async function listen(route: Route): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, (client) => forward(client, route));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(route.port, route.host, listening);
  });
}

process.on('disconnect', () => process.exit(0));
// Its parent decides when it ends, also after Ctrl-C, which the whole group of processes gets.
process.on('SIGINT', () => undefined);
process.on('message', (message: unknown) => {
  if (isOrder(message)) delays = new Map(Object.entries(message.delays));
});
await Promise.all((JSON.parse(process.argv[2] ?? '[]') as readonly Route[]).map(listen));
process.send?.('ready');
