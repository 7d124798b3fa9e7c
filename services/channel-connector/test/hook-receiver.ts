import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HookRequest } from '../src/providers/inbound.js';

export interface Receiver {
  readonly url: string;
  /** Requests that came since the last time. */
  taken(): HookRequest[];
  close(): Promise<void>;
}

/** Takes webhooks on a loopback port and keeps them as the hook route would hand them over. */
export async function receiver(): Promise<Receiver> {
  let kept: HookRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      kept.push({ method: 'POST', url: '/hooks/shop', query: {}, headers, body: Buffer.concat(chunks) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks/shop`,
    taken: () => {
      const requests = kept;
      kept = [];
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
