import { startAmazonSimulator, type AmazonSimulator, type AmazonSimulatorOptions } from '../src/amazon/amazon-simulator.js';
import { StoppedClock } from './stopped-clock.js';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AmazonRig {
  readonly amazon: AmazonSimulator;
  readonly clock: StoppedClock;
  /** A call with a good token. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  patch(sku: string, value: Readonly<Record<string, unknown>>, op?: string, productType?: string): Promise<Answered>;
  quantity(sku: string): number | undefined;
}

/** A simulated Amazon on a clock of its own, and a caller that has a token. */
export async function amazonRig(options: AmazonSimulatorOptions = {}): Promise<AmazonRig> {
  const clock = new StoppedClock();
  const amazon = await startAmazonSimulator({ clock, ...options });
  const { token } = await login(amazon);
  const sellerId = String(amazon.account.settings['sellerId']);
  const call: AmazonRig['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${amazon.url}${path}`, {
      method,
      headers: { 'x-amz-access-token': token, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] };
  };
  return {
    amazon,
    clock,
    call,
    patch: (sku, value, op = 'merge', productType = 'SHIRT') =>
      call('PATCH', `/listings/2021-08-01/items/${sellerId}/${encodeURIComponent(sku)}?marketplaceIds=A1PA6795UKMFR9`, {
        productType,
        patches: [{ op, path: '/attributes/fulfillment_availability', value: [value] }],
      }),
    quantity: (sku) => amazon.listings().find(({ listingId }) => listingId === sku)?.quantity,
  };
}

/** Asks for an access token. */
export async function login(
  amazon: AmazonSimulator,
  changes: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly token: string; readonly body: Answered['body'] }> {
  const { clientId = '', clientSecret = '', refreshToken = '' } = amazon.account.credentials;
  const response = await fetch(`${amazon.url}/auth/o2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...changes,
    }),
  });
  const body = (await response.json()) as Answered['body'];
  return { status: response.status, token: String(body['access_token']), body };
}
