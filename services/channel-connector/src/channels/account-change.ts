import { canonicalJson } from '@holdfast/kit';
import type { Provider } from '../providers/provider.js';
import type { AccountSettings } from './asked-account.js';

export interface AccountChange {
  /** Another account, or other places: nothing is known of what its listings show. */
  readonly isAnother: boolean;
  /** Another account at the vendor: what was read of it, and how far, is of the former one. */
  readonly isOtherAccount: boolean;
}

/** What a request changes of the account. @param known as it was; undefined for a channel that is new */
export function accountChange(provider: Provider, known: AccountSettings | undefined, next: AccountSettings): AccountChange {
  if (known === undefined) return { isAnother: false, isOtherAccount: false };
  const isOtherAccount = identityOf(provider, known) !== identityOf(provider, next);
  return { isOtherAccount, isAnother: isOtherAccount || placesOf(known) !== placesOf(next) };
}

const identityOf = (provider: Provider, { provider: name, settings, credentials }: AccountSettings): string =>
  canonicalJson([
    name,
    name === provider.name && provider.identity !== undefined ? provider.identity(settings, credentials) : canonicalJson(settings),
  ]);

const placesOf = ({ locations }: AccountSettings): string =>
  canonicalJson(locations.map(({ locationId, remoteId }) => [locationId, remoteId]));
