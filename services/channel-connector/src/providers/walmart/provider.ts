import type { Provider } from '../provider.js';
import { checkAccount, listItems } from './reading/catalogue.js';
import { WalmartClient } from './client.js';
import { FeedConfirmation } from './writing/confirm.js';
import { newToken, WalmartCredentials } from './credentials.js';
import { readHook } from './inbound/hook.js';
import { limits } from './limits.js';
import { pollOrders } from './inbound/poll.js';
import { WalmartPush } from './writing/push.js';
import { keptStock, READS_AT_ONCE, readFigures } from './reading/read.js';
import { baseUrlOf, WalmartSettings } from './settings.js';

const MOST_UNITS = 99_999_999;

/** Walmart's US marketplace: listings named by seller SKU, with a figure for each ship node. */
export const walmartProvider: Provider<WalmartSettings, WalmartCredentials> = {
  name: 'walmart',
  settings: WalmartSettings,
  credentials: WalmartCredentials,
  identity: (settings) => baseUrlOf(settings),
  limits,
  mostUnits: MOST_UNITS,
  renew: ({ settings, credentials }, http) => newToken(settings, credentials, http),
  open: (account, tools) => {
    const client = new WalmartClient(account, tools);
    const push = new WalmartPush(client);
    const feeds = new FeedConfirmation(client);
    return {
      batch: (backlog) => push.batch(backlog),
      write: (listings) => push.write(listings),
      confirm: (pending) => feeds.confirm(pending),
      readsAtOnce: READS_AT_ONCE,
      read: (listingIds) => readFigures(client, listingIds),
      list: (cursor) => listItems(client, cursor),
      poll: (cursor) => pollOrders(client, cursor),
      keptStock: (cursor) => keptStock(client, cursor),
      hook: (request) => readHook(client, request),
      check: () => checkAccount(client),
    };
  },
};
