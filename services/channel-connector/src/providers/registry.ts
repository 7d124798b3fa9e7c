import { amazonProvider } from './amazon/provider.js';
import { ebayProvider } from './ebay/provider.js';
import type { Provider } from './provider.js';
import { shopifyProvider } from './shopify/provider.js';
import { walmartProvider } from './walmart/provider.js';
import { webhookProvider } from './webhook/provider.js';
import { zalandoProvider } from './zalando/provider.js';

/** Every kind of channel. A new one is a folder beside the others, and a line here. */
export const PROVIDERS: readonly Provider[] = [
  webhookProvider,
  shopifyProvider,
  amazonProvider,
  ebayProvider,
  walmartProvider,
  zalandoProvider,
];

export type Providers = ReadonlyMap<string, Provider>;

export const providersByName = (providers: readonly Provider[]): Providers =>
  new Map(providers.map((provider) => [provider.name, provider]));
