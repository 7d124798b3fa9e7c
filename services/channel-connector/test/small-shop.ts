import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop that keeps figures in memory: `PUT /stock/{id}` with a key sets one, `GET /stock` lists all. */
export async function startSmallShop(key: string, listings: readonly { readonly id: string; readonly sku: string }[]) {
  const shown = new Map(listings.map(({ id }) => [id, 0]));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const say = (status: number, body: unknown): void => void response.writeHead(status).end(JSON.stringify(body));
    if (request.headers['x-key'] !== key) return say(401, {});
    if (request.method === 'GET')
      return say(
        200,
        listings.map(({ id, sku }) => ({ id, sku, quantity: shown.get(id) })),
      );
    const id = decodeURIComponent((request.url ?? '').slice('/stock/'.length));
    if (!shown.has(id)) return say(404, {});
    shown.set(id, (JSON.parse(Buffer.concat(chunks).toString()) as { readonly quantity: number }).quantity);
    say(200, {});
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    shown,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
