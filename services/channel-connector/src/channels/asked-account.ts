import { check, type Fault } from '@holdfast/platform';
import { accountAddressFaults, accountFaults, missingCredentials, newSecret, type TargetPolicy } from '@holdfast/vendor-http';
import type { MappedLocation, Provider } from '../providers/provider.js';
import type { Providers } from '../providers/registry.js';
import type { PutChannelRequest } from './channel.dto.js';

/** How a channel is called, unsealed. */
export interface AccountSettings {
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly locations: readonly MappedLocation[];
}

export type AskedAccount =
  | {
      readonly account: AccountSettings;
      readonly provider: Provider;
      /** A signing secret that was made because none was given. */ readonly madeSecret?: string;
    }
  | {
      readonly faults: readonly Fault[];
      /** `credentials_required`: nothing is wrong but that stored credentials would be sent to an address they were not given for. */
      readonly code?: 'credentials_required';
    };

type Fields = Readonly<Record<string, unknown>>;

const merged = (before: Fields, given: Fields | undefined): Fields =>
  Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null && value !== undefined));

/** The account with what a request changes of it, checked by its provider. What is left out stays, unless the provider is another one. */
export function askedAccount(request: PutChannelRequest, known: AccountSettings | undefined, providers: Providers): AskedAccount {
  const name = request.provider ?? known?.provider ?? 'webhook';
  const provider = providers.get(name);
  if (provider === undefined) return { faults: [{ field: 'provider', message: `must be one of ${[...providers.keys()].join(', ')}` }] };
  if (request.webhook !== undefined && name !== 'webhook')
    return {
      faults: [{ field: 'webhook', message: `belongs to the provider webhook; a channel of ${name} takes settings and credentials` }],
    };

  const before = known?.provider === name ? known : undefined;
  const { url, callsPerSecond, secret } = request.webhook ?? {};
  const settings = merged(before?.settings ?? {}, { ...request.settings, ...present({ url, callsPerSecond }) });
  const given = merged(before?.credentials ?? {}, { ...request.credentials, ...present({ secret }) });
  const isNewWebhook = name === 'webhook' && before === undefined;
  if (isNewWebhook && settings['url'] === undefined)
    return { faults: [{ field: 'webhook', message: 'is needed for a channel that is new' }] };
  const madeSecret = name === 'webhook' && given['secret'] === undefined ? newSecret() : undefined;
  const credentials = madeSecret === undefined ? given : { ...given, secret: madeSecret };
  const checked = checkedFields(provider, settings, credentials, request);
  if ('faults' in checked) return checked;
  const missing = missingCredentials(before?.settings ?? {}, checked.settings, before?.credentials ?? {}, request.credentials ?? {});
  if (missing.length > 0) return { faults: missing, code: 'credentials_required' };
  const locations = request.locations ?? before?.locations ?? [];
  const account = { provider: name, ...checked, locations };
  return { account, provider, ...(madeSecret === undefined ? {} : { madeSecret }) };
}

const present = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

type CheckedFields = { readonly settings: Fields; readonly credentials: Fields } | { readonly faults: readonly Fault[] };

/** The fields as they are stored: tidied by the provider's classes, and without those that are not set. */
function checkedFields(
  provider: Provider,
  settings: Fields,
  credentials: Fields,
  { webhook, locations = [] }: PutChannelRequest,
): CheckedFields {
  // A fault is named where the caller wrote the field.
  const placed = (room: 'settings' | 'credentials', { field, message }: Fault): Fault => ({
    field: `${webhook !== undefined && Object.hasOwn(webhook, field) ? 'webhook' : room}${field === '' ? '' : `.${field}`}`,
    message,
  });
  const checkedSettings = check(provider.settings, settings);
  const checkedCredentials = check(provider.credentials, credentials);
  const faults = [
    ...('faults' in checkedSettings ? checkedSettings.faults.map((fault) => placed('settings', fault)) : []),
    ...('faults' in checkedCredentials ? checkedCredentials.faults.map((fault) => placed('credentials', fault)) : []),
    ...repeatedLocations(locations),
    ...accountFaults({ locations }),
  ];
  if (faults.length > 0 || 'faults' in checkedSettings || 'faults' in checkedCredentials) return { faults };
  const plain = { settings: plainOf(checkedSettings.value), credentials: plainOf(checkedCredentials.value) };
  const more = [
    ...accountFaults(plain.settings).map((fault) => placed('settings', fault)),
    ...accountFaults(plain.credentials).map((fault) => placed('credentials', fault)),
    ...(provider.faults?.(checkedSettings.value, checkedCredentials.value) ?? []).map((fault) =>
      placed(Object.hasOwn(new provider.credentials(), fault.field) || fault.field in credentials ? 'credentials' : 'settings', fault),
    ),
  ];
  return more.length > 0 ? { faults: more } : plain;
}

const plainOf = (value: object): Fields => JSON.parse(JSON.stringify(value)) as Fields;

function repeatedLocations(locations: readonly MappedLocation[]): readonly Fault[] {
  const seen = new Set<string>();
  return locations.flatMap(({ locationId }, index) => {
    const repeated = seen.has(locationId);
    seen.add(locationId);
    return repeated ? [{ field: `locations[${String(index)}].locationId`, message: 'is named twice' }] : [];
  });
}

/** Addresses in settings may not lead where the operator does not want calls to go. */
export const addressFaults = ({ settings, webhook }: PutChannelRequest, targets: TargetPolicy): Promise<readonly Fault[]> =>
  accountAddressFaults({ settings, webhook }, targets);
