import { PROVIDERS } from '../providers/registry.js';
import { askedAccount, type AccountSettings } from './asked-account.js';

const providers = new Map(PROVIDERS.map((provider) => [provider.name, provider]));
const BASE = 'https://sandbox.example';
const asked = (request: object, known?: AccountSettings) => askedAccount(request, known, providers);
const faults = (request: object, known?: AccountSettings): readonly string[] => {
  const answer = asked(request, known);
  return 'faults' in answer ? answer.faults.map(({ field }) => field) : [];
};

const NEW = {
  shopify: { settings: { shop: 'acme' }, credentials: { accessToken: 't' } },
  amazon: {
    settings: { sellerId: 'A2', marketplaceIds: ['A1PA6795UKMFR9'], region: 'eu' },
    credentials: { clientId: 'i', clientSecret: 's', refreshToken: 'r' },
  },
  ebay: { settings: { marketplaceId: 'EBAY_DE' }, credentials: { clientId: 'i', clientSecret: 's', refreshToken: 'r' } },
  walmart: { settings: {}, credentials: { clientId: 'i', clientSecret: 's' } },
  zalando: {
    settings: { merchantId: 'e18e458a-de38-40ee-8119-4130eed7486a', salesChannelIds: ['01924c48-49bb-40c2-9c32-ab582e6db6f4'] },
    credentials: { clientId: 'i', clientSecret: 's' },
  },
} as const;
const names = Object.keys(NEW) as (keyof typeof NEW)[];

describe('a channel that is set up', () => {
  it.each(names)('of %s takes an address, and none with a query or fragment', (provider) => {
    const at = (address: object) => faults({ provider, ...NEW[provider], settings: { ...NEW[provider].settings, ...address } });
    expect(at({ baseUrl: `${BASE}/v1`, tokenUrl: `${BASE}/token` })).toEqual([]);
    expect(at({ baseUrl: `${BASE}/?to=` })).toEqual(['settings.baseUrl']);
    expect(at({ tokenUrl: `${BASE}/token#` })).toEqual(['settings.tokenUrl']);
  });

  it('takes no control character in what is sent in a header', () => {
    expect(faults({ provider: 'shopify', ...NEW.shopify, credentials: { accessToken: 'a\nb' } })).toEqual(['credentials.accessToken']);
    expect(faults({ provider: 'walmart', ...NEW.walmart, settings: { channelType: 'a\u007fb' } })).toEqual(['settings.channelType']);
    expect(faults({ provider: 'walmart', ...NEW.walmart, locations: [{ locationId: 'BER', remoteId: 'a\rb' }] })).toEqual([
      'locations[0].remoteId',
    ]);
  });

  it('is stored without the blanks around what was pasted', () =>
    expect(asked({ provider: 'shopify', settings: { shop: ' acme ' }, credentials: { accessToken: ' t\n' } })).toMatchObject({
      account: { settings: { shop: 'acme' }, credentials: { accessToken: 't' } },
    }));
});

describe.each(names)('a channel of %s whose credentials are left out', (provider) => {
  const known: AccountSettings = { provider, locations: [], ...NEW[provider] };

  it('keeps them at the same address', () => {
    const account = { settings: { ...known.settings, baseUrl: BASE }, credentials: known.credentials };
    expect(asked({ settings: { baseUrl: `${BASE}/v2` } }, { ...known, settings: account.settings })).toMatchObject({
      account: { ...account, settings: { baseUrl: `${BASE}/v2` } },
    });
  });

  it.each(['baseUrl', 'tokenUrl'])('is asked for them at another %s', (name) => {
    const elsewhere = { settings: { [name]: BASE } };
    expect(asked(elsewhere, known)).toMatchObject({ code: 'credentials_required' });
    expect(faults(elsewhere, known)).toEqual(Object.keys(known.credentials).map((field) => `credentials.${field}`));
    expect(faults({ ...elsewhere, credentials: known.credentials }, known)).toEqual([]);
  });
});
