import { randomUUID } from 'node:crypto';
import type { WalmartSimulator } from '../src/index.js';

export interface WalmartAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

const each = (amount: number) => ({ unit: 'EACH', amount });

/** Raw calls of Walmart's APIs, as any client makes them. */
export class WalmartCalls {
  private token: string | undefined;

  constructor(private readonly simulator: WalmartSimulator) {}

  async login(headers: Readonly<Record<string, string>> = {}): Promise<WalmartAnswer> {
    const { clientId, clientSecret } = this.simulator.keys.credentials;
    const response = await fetch(`${this.simulator.url}/v3/token`, {
      method: 'POST',
      headers: {
        ...this.common(),
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: 'grant_type=client_credentials',
    });
    const answer = await read(response);
    this.token = String(answer.body['access_token']);
    return answer;
  }

  async call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<WalmartAnswer> {
    if (this.token === undefined) await this.login();
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: {
        ...this.common(),
        'WM_SEC.ACCESS_TOKEN': this.token ?? '',
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    return read(response);
  }

  put(sku: string, amount: number, shipNode?: string): Promise<WalmartAnswer> {
    const node = shipNode === undefined ? '' : `&shipNode=${shipNode}`;
    return this.call('PUT', `/v3/inventory?sku=${encodeURIComponent(sku)}${node}`, { sku, quantity: each(amount) });
  }

  feed(type: 'inventory' | 'MP_INVENTORY', content: unknown): Promise<WalmartAnswer> {
    const form = new FormData();
    form.set('file', new Blob([JSON.stringify(content)], { type: 'application/json' }), 'feed.json');
    return this.call('POST', `/v3/feeds?feedType=${type}`, form);
  }

  private common(): Readonly<Record<string, string>> {
    return { 'WM_SVC.NAME': 'Walmart Marketplace', 'WM_QOS.CORRELATION_ID': randomUUID(), accept: 'application/json' };
  }
}

async function read(response: Response): Promise<WalmartAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? '{}' : text) as WalmartAnswer['body'] };
}
