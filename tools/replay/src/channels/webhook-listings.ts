import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

interface Listing {
  readonly listingId: string;
  readonly quantity: number;
  readonly version: number;
}

/** The channel's side of the webhooks: verifies the signature and keeps the newest figure of each listing. */
export class WebhookListings {
  private readonly newest = new Map<string, Listing>();
  private webhook: Webhook | undefined;
  calls = 0;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<WebhookListings> {
    const server = createServer();
    const listings = new WebhookListings(server);
    server.on('request', (request, response) => {
      void listings.take(request).then(
        () => response.writeHead(204).end(),
        () => response.writeHead(400).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listings;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/inventory`;
  }

  verifyWith(secret: string): void {
    this.webhook = new Webhook(secret);
  }

  quantityOf(listingId: string): number | undefined {
    return this.newest.get(listingId)?.quantity;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.webhook === undefined) throw new Error('no secret yet');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const event = this.webhook.verify(Buffer.concat(chunks).toString('utf8'), headers) as { data: { listings: Listing[] } };
    this.calls += 1;
    for (const listing of event.data.listings) {
      const known = this.newest.get(listing.listingId);
      if (known === undefined || listing.version >= known.version) this.newest.set(listing.listingId, listing);
    }
  }
}
