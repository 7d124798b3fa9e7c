import type { Provider } from '../provider.js';
import { EbayClient } from './client.js';
import { EbayCredentials, userToken } from './credentials.js';
import { readHook } from './inbound/hook.js';
import { limits } from './limits.js';
import { NotificationKeys } from './inbound/notification-keys.js';
import { pollOrders } from './inbound/poll.js';
import { EbayPush } from './writing/push.js';
import { CallWidths } from './writing/call-widths.js';
import { checkAccount, listItems, readFigures } from './read.js';
import { baseUrlOf, EbaySettings } from './settings.js';

const MOST_UNITS = 2_147_483_647;
const keys = new NotificationKeys();
const widths = new CallWidths();

/** eBay: listings of the Inventory API, named by SKU. */
export const ebayProvider: Provider<EbaySettings, EbayCredentials> = {
  name: 'ebay',
  settings: EbaySettings,
  credentials: EbayCredentials,
  limits,
  mostUnits: MOST_UNITS,
  faults: ({ dayZone }) =>
    dayZone === undefined || isTimeZone(dayZone) ? [] : [{ field: 'dayZone', message: 'must be a time zone such as America/Los_Angeles' }],
  identity: (settings) => JSON.stringify([baseUrlOf(settings), settings.marketplaceId]),
  renew: ({ settings, credentials }, http, refreshToken) =>
    userToken(settings, credentials, http, refreshToken ?? credentials.refreshToken),
  open: (account, tools) => {
    const client = new EbayClient(account, tools);
    const push = new EbayPush(client, widths);
    return {
      batch: () => push.batch,
      write: (listings) => push.write(listings),
      read: (listingIds) => readFigures(client, listingIds),
      list: (cursor) => listItems(client, cursor),
      poll: (cursor) => pollOrders(client, cursor),
      hook: (request) => readHook(client, keys, request),
      check: () => checkAccount(client),
    };
  },
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
