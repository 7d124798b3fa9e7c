import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedEndpoint {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** An endpoint for webhooks that keeps what it gets; `onGet` answers its GET requests with JSON. */
export async function startEndpoint(onGet: (query: URLSearchParams, url: string) => unknown = () => ({})): Promise<ScriptedEndpoint> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'GET') {
        const { searchParams } = new URL(request.url ?? '/', url);
        return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(onGet(searchParams, url)));
      }
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      return void response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks/one`;
  return {
    url,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
