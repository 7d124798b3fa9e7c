import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { InventoryUpdated, ListingUpdate } from '../providers/webhook/webhook-message.js';
import { readInventoryUpdated } from './inventory-updated.js';
import { NewestListings } from './newest-listings.js';

export interface WebhookReceiverOptions {
  /** Signing secret of the channel, `whsec_…`. */
  readonly secret: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** Told of each message whose signature was right, before it is answered. A rejection is answered 500. */
  readonly onMessage?: (message: InventoryUpdated) => void | Promise<void>;
}

/** A shop's end of a webhook channel: verifies each message and keeps the newest figure of every listing. */
export interface WebhookReceiver {
  readonly url: string;
  /** Newest figures by listing id. */
  readonly listings: ReadonlyMap<string, ListingUpdate>;
  /** Messages taken so far, without those seen before. */
  readonly messages: number;
  /** Messages refused because their signature was missing, wrong or old. */
  readonly refused: number;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1_048_576;

/** Starts a receiver on its own HTTP server. @throws when the port is taken or the secret cannot sign */
export async function createWebhookReceiver(options: WebhookReceiverOptions): Promise<WebhookReceiver> {
  const webhook = new Webhook(options.secret);
  const newest = new NewestListings();
  let refused = 0;

  const take = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== 'POST') return 405;
    const body = await bodyOf(request);
    if (body === undefined) return 413;
    const message = verified(webhook, body, request);
    if (message === undefined) {
      refused += 1;
      return 401;
    }
    const update = readInventoryUpdated(message);
    if (update === undefined) return 400;
    await options.onMessage?.(update);
    newest.take(String(request.headers['webhook-id']), update.data.listings);
    return 204;
  };

  const server = createServer((request, response) => {
    take(request).then(
      (status) => answer(response, status),
      () => answer(response, 500),
    );
  });
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}/`,
    listings: newest.listings,
    get messages() {
      return newest.messages;
    },
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function verified(webhook: Webhook, body: string, request: IncomingMessage): unknown {
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  try {
    return webhook.verify(body, headers);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
