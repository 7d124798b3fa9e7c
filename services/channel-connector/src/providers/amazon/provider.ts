import type { Account, Provider, ProviderAccount } from '../provider.js';
import type { ProviderTools } from '../tools.js';
import { SellingPartnerApi } from './api.js';
import { check } from './check.js';
import { confirm } from './writing/confirm.js';
import { AmazonCredentials } from './credentials.js';
import { poll } from './inbound/poll.js';
import { LIMITS } from './limits.js';
import { batchOf, FeedPause, write } from './writing/push.js';
import { NotificationQueue } from './inbound/queue.js';
import { keptStock, list, read } from './reading/read.js';
import { renew } from './renew.js';
import { AmazonSettings, baseUrlOf, channelCodeOf } from './settings.js';

/** Amazon's Selling Partner API. A listing is named by the seller's SKU and has one figure. */
export const amazonProvider: Provider<AmazonSettings, AmazonCredentials> = {
  name: 'amazon',
  settings: AmazonSettings,
  credentials: AmazonCredentials,
  faults: ({ notifications }, { accessKeyId, secretAccessKey }) =>
    notifications !== undefined && (accessKeyId === undefined || secretAccessKey === undefined)
      ? [{ field: accessKeyId === undefined ? 'accessKeyId' : 'secretAccessKey', message: 'is needed to read the queue of notifications' }]
      : [],
  identity: (settings) =>
    JSON.stringify([baseUrlOf(settings), settings.sellerId, settings.marketplaceIds.toSorted(), channelCodeOf(settings)]),
  limits: () => LIMITS,
  orderListedMs: 60_000,
  // Not confirmed by Amazon.
  mostUnits: 999_999,
  renew: ({ settings, credentials }, http, refreshToken) => renew(settings, credentials, http, refreshToken),
  open,
};

function open({ settings, credentials, locations }: Account<AmazonSettings, AmazonCredentials>, tools: ProviderTools): ProviderAccount {
  const api = new SellingPartnerApi(settings, tools);
  const pause = new FeedPause();
  const { notifications } = settings;
  const queue = notifications === undefined ? undefined : new NotificationQueue(notifications, credentials, tools.http);
  return {
    batch: (backlog) => batchOf(api, settings, backlog, pause, tools.now()),
    write: (listings) => write(api, settings, tools, pause, listings),
    confirm: (pending) => confirm(api, settings, tools, pending),
    read: (listingIds) => read(api, settings, listingIds),
    list: (cursor) => list(api, settings, cursor),
    poll: (cursor) => poll(api, settings, queue, tools.now(), cursor),
    keptStock: (cursor) => keptStock(api, settings, cursor),
    check: () => check(api, settings, tools, queue, locations.length),
  };
}
