import type { Check } from '../read.js';
import type { ProviderTools } from '../tools.js';
import type { SellingPartnerApi } from './api.js';
import { pathOf } from './reading/lookup.js';
import type { NotificationQueue } from './inbound/queue.js';
import type { AmazonSettings } from './settings.js';

/** Tries the token, a search of one listing and the queue. */
export async function check(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  tools: ProviderTools,
  queue: NotificationQueue | undefined,
  mapped: number,
): Promise<readonly Check[]> {
  const token = await tools.tokens.current();
  const locations: Check = {
    name: 'locations',
    ok: true,
    says:
      mapped === 0
        ? 'Amazon shows one figure for each listing: no locations are needed'
        : 'Amazon shows one figure for each listing: the mapped locations are not used',
  };
  if ('account' in token) {
    const reached = token.account.kind !== 'failed';
    const says = 'says' in token.account ? token.account.says : 'no token';
    return [
      { name: 'reachable', ok: reached, says: reached ? 'Login with Amazon answers' : says },
      { name: 'token', ok: false, says },
      { name: 'scopes', ok: false, says: 'not tried without a token' },
      locations,
    ];
  }
  const result = await api.call('searchListingsItems', {
    method: 'GET',
    path: pathOf(settings),
    query: { marketplaceIds: settings.marketplaceIds.join(','), pageSize: '1' },
  });
  const queueFault = await queue?.fault();
  const reached = result.kind !== 'failed';
  const unauthorized = result.kind === 'account' && result.account.kind === 'unauthorized';
  const refusal =
    result.kind === 'ok' ? undefined : result.kind === 'account' ? ('says' in result.account ? result.account.says : '') : result.says;
  return [
    { name: 'reachable', ok: reached, says: reached ? 'the Selling Partner API answers' : (refusal ?? '') },
    { name: 'token', ok: true, says: 'Login with Amazon gave an access token' },
    {
      name: 'scopes',
      ok: refusal === undefined && queueFault === undefined,
      says: [
        refusal === undefined
          ? 'listings can be read'
          : `listings cannot be read: ${refusal}${unauthorized ? ' Does the app have the role Product Listing, and is the seller id right?' : ''}`,
        queue === undefined ? 'no queue is set: orders are asked for every few minutes' : (queueFault ?? 'notifications can be read'),
      ].join('; '),
    },
    locations,
  ];
}
