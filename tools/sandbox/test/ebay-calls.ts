import type { EbaySimulator } from '../src/index.js';

export interface EbayAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Raw calls of eBay's APIs, as any client makes them. */
export class EbayCalls {
  private token: string | undefined;

  constructor(private readonly simulator: EbaySimulator) {}

  async askToken(form: Readonly<Record<string, string>>): Promise<EbayAnswer> {
    const { clientId, clientSecret } = this.simulator.oauth.credentials;
    const response = await fetch(`${this.simulator.url}/identity/v1/oauth2/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form),
    });
    return read(response);
  }

  async login(form: Readonly<Record<string, string>> = {}): Promise<void> {
    const { refreshToken } = this.simulator.oauth.credentials;
    const { body } = await this.askToken({ grant_type: 'refresh_token', refresh_token: refreshToken, ...form });
    this.token = String(body['access_token']);
  }

  async call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<EbayAnswer> {
    if (this.token === undefined) await this.login();
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token ?? ''}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return read(response);
  }

  /** Writes item and offer quantity of one SKU; null leaves one alone. */
  write(sku: string, item: number | null, offer: number | null = item): Promise<EbayAnswer> {
    return this.call('POST', '/sell/inventory/v1/bulk_update_price_quantity', { requests: [this.entry(sku, item, offer)] });
  }

  entry(sku: string, item: number | null, offer: number | null = item): Readonly<Record<string, unknown>> {
    const offers = this.simulator.shop.offersOf(sku).map(({ offerId }) => ({ offerId, availableQuantity: offer }));
    return {
      sku,
      ...(item === null ? {} : { shipToLocationAvailability: { quantity: item } }),
      ...(offer === null ? {} : { offers }),
    };
  }
}

async function read(response: Response): Promise<EbayAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? '{}' : text) as EbayAnswer['body'] };
}
