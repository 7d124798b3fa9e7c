import { check } from '@holdfast/platform';
import { ShopifyCredentials } from './credentials.js';
import { shopifyProvider } from './provider.js';
import { graphqlUrl, ShopifySettings, tokenUrl } from './settings.js';

const settings = (plain: object): ShopifySettings => {
  const checked = check(ShopifySettings, { shop: 'my-shop', ...plain });
  if (!('value' in checked)) throw new Error(JSON.stringify(checked.faults));
  return checked.value;
};
const faults = (plain: object, credentials: object): readonly string[] =>
  shopifyProvider.faults?.(settings(plain), Object.assign(new ShopifyCredentials(), credentials)).map(({ field }) => field) ?? [];

describe('settings of a Shopify channel', () => {
  it('need no more than the shop', () => {
    expect(graphqlUrl(settings({}))).toBe('https://my-shop.myshopify.com/admin/api/2026-07/graphql.json');
    expect(tokenUrl(settings({ shop: 'my-shop.myshopify.com' }))).toBe('https://my-shop.myshopify.com/admin/oauth/access_token');
  });

  it('may point elsewhere', () => {
    const elsewhere = settings({ baseUrl: 'http://127.0.0.1:9/', apiVersion: '2026-10' });
    expect(graphqlUrl(elsewhere)).toBe('http://127.0.0.1:9/admin/api/2026-10/graphql.json');
  });

  it('refuse a shop that is no name', () => expect(() => settings({ shop: 'my shop' })).toThrow('shop'));

  it('refuse versions before changeFromQuantity, and addresses that are none', () =>
    expect(faults({ apiVersion: '2026-01', baseUrl: 'nowhere' }, { accessToken: 't' })).toEqual(['baseUrl', 'apiVersion']));
});

describe('credentials of a Shopify channel', () => {
  it.each([
    [{ accessToken: 't' }, []],
    [{ clientId: 'i', clientSecret: 's' }, []],
    [{ clientId: 'i', clientSecret: 's', refreshToken: 'r' }, []],
    [{}, ['accessToken']],
    [{ clientId: 'i' }, ['clientSecret']],
    [{ refreshToken: 'r', accessToken: 't' }, ['clientId']],
  ])('%j: faults %j', (credentials, expected) => expect(faults({}, credentials)).toEqual(expected));
});
