import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: those of Linux begin at 32,768. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 100;
/** A server that is to listen there may not have started yet. */
const given = new Set<number>();

/**
 * A TCP port of the loopback address without a listener. No outgoing connection gets it, so a server may start there later, or again.
 * @throws Error when none was found
 */
export const freePort = (): Promise<number> => freePorts(1);

/**
 * The lower of two adjacent ports without a listener, as `freePort` gives one.
 * @throws Error when none was found
 */
export const freePortPair = (): Promise<number> => freePorts(2);

async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const lowest = randomInt(LOWEST, HIGHEST);
    const ports = Array.from({ length: count }, (_, place) => lowest + place);
    if (ports.some((port) => given.has(port))) continue;
    for (const port of ports) given.add(port);
    if ((await Promise.allSettled(ports.map(listenOnce))).every(({ status }) => status === 'fulfilled')) return lowest;
  }
  throw new Error(`No ${String(count)} adjacent ports between ${String(LOWEST)} and ${String(HIGHEST)} are free.`);
}

/** Listens on a port and stops again. */
function listenOnce(port: number): Promise<void> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.close(() => found());
    });
  });
}
