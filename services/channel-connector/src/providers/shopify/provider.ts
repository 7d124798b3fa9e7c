import type { HookReading, HookRequest } from '../inbound.js';
import type { Account, Provider, ProviderAccount } from '../provider.js';
import type { ProviderTools } from '../tools.js';
import { AdminApi } from './api/admin-api.js';
import { credentialFaults, ShopifyCredentials } from './credentials.js';
import { hookEvents } from './inbound/hook-events.js';
import { verified } from './inbound/hook.js';
import { placesOf } from './api/ids.js';
import { limitShapes } from './limits.js';
import { poll } from './inbound/poll.js';
import { write } from './push/push.js';
import { check, list, read } from './read.js';
import { renew } from './renew.js';
import { domainOf, settingsFaults, ShopifySettings } from './settings.js';
import { Variants } from './inbound/variants.js';

const DEFAULT_REASON = 'correction';
/** Figures of one write. A call could carry 250; fewer let a zero wait less for what others have to read first. */
const FIGURES_AT_ONCE = 100;

/** Shopify over its Admin GraphQL API: figures per location, written over the known figure only. */
export const shopifyProvider: Provider<ShopifySettings, ShopifyCredentials> = {
  name: 'shopify',
  settings: ShopifySettings,
  credentials: ShopifyCredentials,
  mostUnits: 1_000_000_000,
  orderListedMs: 60_000,
  faults: (settings, credentials) => [...settingsFaults(settings), ...credentialFaults(credentials)],
  identity: (settings) => JSON.stringify([domainOf(settings), settings.baseUrl ?? null]),
  limits: limitShapes,
  renew,
  open,
};

function open(account: Account<ShopifySettings, ShopifyCredentials>, tools: ProviderTools): ProviderAccount {
  const { channelId, settings, locations } = account;
  const api = new AdminApi(settings, tools);
  const variants = new Variants(api);
  return {
    batch: () => Math.max(1, Math.floor(FIGURES_AT_ONCE / Math.max(1, placesOf(locations).length))),
    write: (listings) => write(api, channelId, settings.reason ?? DEFAULT_REASON, listings),
    read: (listingIds) => read(api, locations, listingIds),
    list: (cursor) => list(api, locations, cursor),
    poll: (cursor) => poll(api, settings, placesOf(locations), cursor, tools.now()),
    hook: (request) => hook(account, request, variants, tools.now()),
    check: () => check(api, locations),
  };
}

async function hook(
  { settings, credentials, locations }: Account<ShopifySettings, ShopifyCredentials>,
  request: HookRequest,
  variants: Variants,
  now: number,
): Promise<HookReading> {
  const message = verified(request, settings, credentials, now);
  if ('kind' in message) return message;
  const { messageId, topic, body } = message;
  const unreadable = { kind: 'unreadable', messageId, says: `the body is not what ${topic} has` } as const;
  if (typeof body !== 'object' || body === null) return unreadable;
  const events = await hookEvents(topic, body, { settings, locations, variants, now });
  return events === undefined ? unreadable : { kind: 'verified', messageId, events };
}
