import { startZalandoSimulator, type ZalandoSimulator, type ZalandoSimulatorOptions } from '../src/zalando/zalando-simulator.js';
import { StoppedClock } from './stopped-clock.js';

export interface ZalandoAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ZalandoRig {
  readonly zalando: ZalandoSimulator;
  readonly clock: StoppedClock;
  readonly merchantId: string;
  readonly channels: readonly [string, string];
  /** A call with a good token. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<ZalandoAnswer>;
  stocks(items: readonly unknown[]): Promise<ZalandoAnswer>;
  quantity(ean: string, channel: string): number | undefined;
}

/** A simulated Zalando on a clock of its own, and a caller that has a token. */
export async function zalandoRig(options: ZalandoSimulatorOptions = {}): Promise<ZalandoRig> {
  const clock = new StoppedClock();
  const zalando = await startZalandoSimulator({ clock, ...options });
  const { body } = await zalandoLogin(zalando);
  const merchantId = String(zalando.account.settings['merchantId']);
  const [first = '', second = ''] = zalando.account.settings['salesChannelIds'] as readonly string[];
  const call: ZalandoRig['call'] = async (method, path, sent, headers = {}) => {
    const response = await fetch(`${zalando.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${String(body['access_token'])}`,
        accept: 'application/vnd.api+json, application/json',
        'content-type': 'application/json',
        ...headers,
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as ZalandoAnswer['body'] };
  };
  return {
    zalando,
    clock,
    merchantId,
    channels: [first, second],
    call,
    stocks: (items) => call('POST', `/merchants/${merchantId}/stocks`, { items }),
    quantity: (ean, channel) => zalando.listings().find(({ listingId, remoteId }) => listingId === ean && remoteId === channel)?.quantity,
  };
}

/** Asks for an access token. */
export async function zalandoLogin(zalando: ZalandoSimulator, secret?: string, scope = 'access_token_only') {
  const { clientId = '', clientSecret = '' } = zalando.account.credentials;
  const response = await fetch(`${zalando.url}/auth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret ?? clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  return { status: response.status, body: (await response.json()) as ZalandoAnswer['body'] };
}
