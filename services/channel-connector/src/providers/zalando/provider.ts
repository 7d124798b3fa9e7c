import type { Account, Provider, ProviderAccount } from '../provider.js';
import type { ProviderTools } from '../tools.js';
import { ZDirectApi } from './api.js';
import { check } from './check.js';
import { confirm } from './confirm.js';
import { ZalandoCredentials } from './credentials.js';
import { poll } from './inbound.js';
import { limits } from './limits.js';
import { batchOf, write } from './push.js';
import { renew } from './renew.js';
import { baseUrlOf, ZalandoSettings } from './settings.js';
import { listReport, readReport } from './status-report.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Zalando's zDirect API for partners who send their orders themselves. A listing is named by its EAN and shows one figure at each sales channel. */
export const zalandoProvider: Provider<ZalandoSettings, ZalandoCredentials> = {
  name: 'zalando',
  settings: ZalandoSettings,
  credentials: ZalandoCredentials,
  faults: ({ merchantId, salesChannelIds }) => [
    ...(UUID.test(merchantId) ? [] : [{ field: 'merchantId', message: 'must be a UUID' }]),
    ...(salesChannelIds.every((id) => UUID.test(id)) ? [] : [{ field: 'salesChannelIds', message: 'must hold UUIDs only' }]),
  ],
  identity: (settings) => JSON.stringify([baseUrlOf(settings), settings.merchantId, settings.salesChannelIds.toSorted()]),
  limits,
  // The specification has a number of 32 bits.
  mostUnits: 2_147_483_647,
  renew: ({ settings, credentials }, http) => renew(settings, credentials, http),
  open,
};

function open({ settings, locations }: Account<ZalandoSettings, ZalandoCredentials>, tools: ProviderTools): ProviderAccount {
  const api = new ZDirectApi(settings, tools);
  return {
    batch: (backlog) => batchOf(settings, backlog),
    write: (listings) => write(api, settings, tools.now, listings),
    confirm: (pending) => confirm(api, settings, tools.now(), pending),
    poll: (cursor) => poll(api, settings, tools.now(), cursor),
    check: () => check(api, settings, locations.length),
    ...(settings.readBack === 'product_status_report'
      ? {
          read: (listingIds: readonly string[]) => readReport(api, settings, listingIds),
          list: (cursor: string | null) => listReport(api, settings, cursor),
        }
      : {}),
  };
}
