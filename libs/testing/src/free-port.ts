import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

/** A TCP port of the loopback address without a listener. */
export const freePort = (): Promise<number> => listenOnce(0);

/** Below the ports that systems give to outgoing connections: those of Linux begin at 32,768. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 100;

/**
 * The lower of two adjacent ports without a listener. No outgoing connection gets one of them, so a server that stops can come back there.
 * @throws Error when none was found
 */
export async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    const both = [port, port + 1].map((each) => listenOnce(each));
    if ((await Promise.allSettled(both)).every(({ status }) => status === 'fulfilled')) return port;
  }
  throw new Error(`No two adjacent ports between ${String(LOWEST)} and ${String(HIGHEST)} are free.`);
}

/** Listens on a port, 0 for any, and stops again. @returns the port */
function listenOnce(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        found(port);
      });
    });
  });
}
