import { ShopifyClient } from '../../test/shopify-client.js';

let client: ShopifyClient;
afterEach(() => client.shop.close());

const QUERY = '{ shop { myshopifyDomain } }';
interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}
const refreshed = async (token: string): Promise<Pair> => {
  const response = await client.grant({ grant_type: 'refresh_token', refresh_token: token });
  expect(response.status).toBe(200);
  return (await response.json()) as Pair;
};
const statusWith = async (token: string): Promise<number> => (await client.post(QUERY, {}, token)).status;

describe('tokens by client credentials', () => {
  beforeEach(async () => {
    client = await ShopifyClient.start();
  });

  it('are good for 24 hours', async () => {
    const token = await client.accessToken();
    expect(await statusWith(token)).toBe(200);
    client.clock.forward(86_400_000);
    expect(await statusWith(token)).toBe(401);
  });

  it('are refused with a wrong secret', async () =>
    expect((await client.grant({ grant_type: 'client_credentials', client_secret: 'wrong' })).status).toBe(400));

  it('end with a planned expiry, and new ones are given', async () => {
    const token = await client.accessToken();
    client.shop.faults.next({ kind: 'expire_tokens' });
    expect(await statusWith(token)).toBe(401);
    expect(await statusWith(await client.accessToken())).toBe(200);
  });

  it('are neither taken nor given after the app was removed', async () => {
    const token = await client.accessToken();
    client.shop.faults.credentialsRevoked = true;
    expect(await statusWith(token)).toBe(401);
    expect((await client.grant({ grant_type: 'client_credentials' })).status).toBe(400);
  });

  it('reach only what the merchant granted', async () => {
    client.shop.grant(['read_products']);
    const { errors } = await client.ask('{ locations(first: 1) { nodes { id } } }');
    expect(errors?.[0]?.extensions?.['code']).toBe('ACCESS_DENIED');
  });
});

describe('tokens by refresh token', () => {
  beforeEach(async () => {
    client = await ShopifyClient.start({ authentication: 'refresh_token' });
  });

  it('are good for an hour, and the refresh token is replaced', async () => {
    const first = client.shop.account.credentials['refreshToken'] ?? '';
    const pair = await refreshed(first);
    expect(pair.refresh_token).not.toBe(first);
    expect(await statusWith(pair.access_token)).toBe(200);
    client.clock.forward(3_600_000);
    expect(await statusWith(pair.access_token)).toBe(401);
  });

  it('may be asked for again by the same refresh token until its replacement was used', async () => {
    const first = client.shop.account.credentials['refreshToken'] ?? '';
    await refreshed(first);
    const pair = await refreshed(first);
    await refreshed(pair.refresh_token);
    const response = await client.grant({ grant_type: 'refresh_token', refresh_token: first });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('a token of a custom app', () => {
  it('does not expire', async () => {
    client = await ShopifyClient.start({ authentication: 'access_token' });
    client.clock.forward(400 * 86_400_000);
    expect(await statusWith(client.shop.account.credentials['accessToken'] ?? '')).toBe(200);
  });
});
