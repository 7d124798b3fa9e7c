import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy that a test can make fail. */
export interface FaultProxy {
  readonly port: number;
  /** Cuts every connection and refuses new ones. */
  cut(): void;
  /** Takes connections again. */
  mend(): void;
  close(): Promise<void>;
}

/** @param target a port of the loopback address, or the path of a Unix socket */
export async function startFaultProxy(target: number | string): Promise<FaultProxy> {
  const open = new Set<Socket>();
  let down = false;
  const server: Server = createServer((from) => {
    if (down) {
      from.destroy();
      return;
    }
    const to = typeof target === 'number' ? createConnection({ port: target, host: '127.0.0.1' }) : createConnection(target);
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const cut = (): void => {
    down = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => {
      down = false;
    },
    async close() {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
