import { forwarding } from './forwarding.js';
import { isOrder, type Route } from './relay-orders.js';

// Runs in the namespace of a node: takes connections at the address of the node and forwards them to a program there that listens on the
// loopback address or on a Unix socket. Its arguments are routes as JSON; its parent says by messages whose bytes come late.

let delays: ReadonlyMap<string, number> = new Map();

process.on('disconnect', () => process.exit(0));
// Its parent decides when it ends, also after Ctrl-C, which the whole group of processes gets.
process.on('SIGINT', () => undefined);
process.on('message', (message: unknown) => {
  if (isOrder(message)) delays = new Map(Object.entries(message.delays));
});
const routes = JSON.parse(process.argv[2] ?? '[]') as readonly Route[];
await Promise.all(routes.map((route) => forwarding(route, (address) => delays.get(address) ?? 0)));
process.send?.('ready');
