import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RestartableEngine } from './engine.js';

export interface Control {
  readonly url: string;
  close(): Promise<void>;
}

/** Lets tests take an engine away and bring it back: `POST /kafka/stop`, `POST /kafka/start`. On the loopback address only. */
export async function startControl(engines: Readonly<Record<string, RestartableEngine>>): Promise<Control> {
  const server = createServer((request, response) => {
    const [, name = '', verb = ''] = (request.url ?? '').split('/');
    const engine = engines[name];
    if (engine === undefined || (verb !== 'stop' && verb !== 'start')) {
      response.writeHead(404).end();
      return;
    }
    (verb === 'stop' ? engine.pause() : engine.resume()).then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
