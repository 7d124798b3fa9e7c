import type { Provider } from '../providers/provider.js';
import { PROVIDERS } from '../providers/registry.js';
import { accountChange } from './account-change.js';

const SETTINGS: Readonly<Record<string, { readonly named: object; readonly other: object; readonly tuned: object }>> = {
  webhook: { named: { url: 'https://shop.example' }, other: { url: 'https://other.example' }, tuned: { callsPerSecond: 3 } },
  shopify: { named: { shop: 'acme' }, other: { shop: 'other' }, tuned: { pointsPerSecond: 500, cancelRestock: 'all' } },
  amazon: {
    named: { sellerId: 'A1', marketplaceIds: ['M1', 'M2'], region: 'eu' },
    other: { marketplaceIds: ['M1', 'M3'] },
    tuned: { marketplaceIds: ['M2', 'M1'], feedFrom: 9, pendingOrders: false },
  },
  ebay: { named: { marketplaceId: 'EBAY_US' }, other: { marketplaceId: 'EBAY_DE' }, tuned: { callsPerDay: 500, restockRefunds: true } },
  walmart: { named: {}, other: { baseUrl: 'https://sandbox.walmartapis.com' }, tuned: { callsPerMinute: 90, restockReturns: false } },
  zalando: {
    named: { merchantId: 'm', salesChannelIds: ['a', 'b'] },
    other: { salesChannelIds: ['a'] },
    tuned: { salesChannelIds: ['b', 'a'], restockReturns: false, updatesPerMinute: 9_000 },
  },
};

const BERLIN = { locationId: 'BER', remoteId: '1' };
const changed = (provider: Provider, more: object, locations = [BERLIN]) => {
  const { name } = provider;
  const settings = { ...SETTINGS[name]?.named };
  const known = { provider: name, settings, credentials: {}, locations: [BERLIN] };
  return accountChange(provider, known, { ...known, settings: { ...settings, ...more }, locations });
};

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
  'what a request changes of a channel of %s',
  (name, provider) => {
    it('is no other account where it only tunes calls or says what orders give back', () =>
      expect(changed(provider, SETTINGS[name]?.tuned ?? {})).toEqual({ isAnother: false, isOtherAccount: false }));

    it('is another account where it is named otherwise', () =>
      expect(changed(provider, SETTINGS[name]?.other ?? {})).toEqual({ isAnother: true, isOtherAccount: true }));

    it('is the same account at other places, which are told anew', () =>
      expect(changed(provider, {}, [{ locationId: 'BER', remoteId: '2' }])).toEqual({ isAnother: true, isOtherAccount: false }));
  },
);
