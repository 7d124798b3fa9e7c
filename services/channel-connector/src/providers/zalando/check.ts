import type { Check } from '../read.js';
import { fieldsOf, listOf } from '../reading.js';
import type { ZDirectApi } from './api.js';
import type { ZalandoSettings } from './settings.js';

const NEEDED = ['products/stock/write', 'orders/read'] as const;

/** Asks Zalando what the token is good for. */
export async function check(api: ZDirectApi, settings: ZalandoSettings, mapped: number): Promise<readonly Check[]> {
  const locations: Check = {
    name: 'locations',
    ok: true,
    says: `each of ${String(settings.salesChannelIds.length)} sales channels shows the figure${mapped === 0 ? '' : '; the mapped locations are not used'}`,
  };
  const result = await api.call({ method: 'GET', path: '/auth/me' }, []);
  if (result.kind !== 'ok') {
    const account = result.kind === 'account' ? result.account : undefined;
    const says = account !== undefined && 'says' in account ? account.says : result.kind === 'account' ? '' : result.says;
    const reached = result.kind === 'refused' || account?.kind === 'unauthorized' || account?.kind === 'slow_down';
    return [
      { name: 'reachable', ok: reached, says: reached ? 'Zalando answers' : says },
      { name: 'token', ok: false, says },
      { name: 'scopes', ok: false, says: 'not tried without a token' },
      locations,
    ];
  }
  const { bpids, scopes } = fieldsOf(result.body);
  const needed = settings.readBack === 'product_status_report' ? [...NEEDED, 'products/products/read'] : NEEDED;
  const missing = needed.filter((scope) => !listOf(scopes).includes(scope));
  const isOwn = listOf(bpids).includes(settings.merchantId);
  const says = [
    isOwn ? `the app may act for merchant ${settings.merchantId}` : `the app may not act for merchant ${settings.merchantId}`,
    missing.length === 0 ? 'all scopes are there' : `missing scopes: ${missing.join(', ')}`,
  ];
  return [
    { name: 'reachable', ok: true, says: 'Zalando answers' },
    { name: 'token', ok: true, says: 'Zalando gave an access token' },
    { name: 'scopes', ok: isOwn && missing.length === 0, says: says.join('; ') },
    locations,
  ];
}
