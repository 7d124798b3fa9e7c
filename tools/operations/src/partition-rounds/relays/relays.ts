import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Network } from '../network/network.js';
import type { Link, Node } from '../network/nodes.js';
import type { Order, Route } from './relay-orders.js';

const DELAY_MS = 200;
const PROGRAM = fileURLToPath(new URL('relay.js', import.meta.url));

/** One process for each node that forwards what comes to the address of the node. They run until their namespaces are closed. */
export class Relays {
  private readonly running = new Map<Node, ChildProcess>();

  constructor(private readonly network: Network) {}

  /** Listens at these ports of a node. @param targets port or Unix socket behind each of them */
  async start(node: Node, targets: ReadonlyMap<number, Route['target']>): Promise<void> {
    const host = this.network.addressOf(node);
    const routes = [...targets].map(([port, target]): Route => ({ host, port, target }));
    const [program = '', ...args] = [...this.network.within(node), process.execPath, PROGRAM, JSON.stringify(routes)];
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.running.set(node, child);
    await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`the relay of ${node} ended`)))]);
  }

  /** Brings the bytes of these links late; those of all others are in time again. */
  delay(links: readonly Link[]): void {
    for (const [node, child] of this.running) {
      const peers = links.flatMap(({ from, to }) => (to === node ? [from] : from === node ? [to] : []));
      const order: Order = { delays: Object.fromEntries(peers.map((peer) => [this.network.addressOf(peer), DELAY_MS])) };
      child.send(order);
    }
  }
}
