import { check, type Fault } from '@holdfast/platform';
import { accountAddressFaults, accountFaults, missingCredentials, type TargetPolicy } from '@holdfast/vendor-http';
import type { ErpSystems } from '../registry.js';
import type { PollerRequest } from './poller.dto.js';

type Fields = Readonly<Record<string, unknown>>;

/** Settings and credentials of a poller, unsealed. */
export interface KnownPoller {
  readonly settings: Fields;
  readonly credentials: Fields;
}

export type AskedPoller =
  | { readonly settings: object; readonly credentials: object }
  | {
      readonly faults: readonly Fault[];
      /** `credentials_required`: nothing is wrong but that stored credentials would be sent to an address they were not given for. */
      readonly code?: 'credentials_required';
    };

/**
 * The poller that a request sets, checked by its system. Credentials that are left out stay; null takes one away.
 * @param known the poller that it replaces, where it is of the same system
 */
export function askedPoller(system: string, request: PollerRequest, known: KnownPoller | undefined, systems: ErpSystems): AskedPoller {
  const erp = systems.get(system);
  if (erp === undefined) {
    const names = [...systems.keys()].join(', ');
    return {
      faults: [{ field: 'poller', message: `needs a system that can be polled; set system to one of ${names}, or poller to null` }],
    };
  }
  const given = Object.entries({ ...known?.credentials, ...request.credentials }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const settings = check(erp.settings, request.settings);
  const credentials = check(erp.credentials, Object.fromEntries(given));
  if ('faults' in settings || 'faults' in credentials)
    return { faults: [...placed('settings', settings), ...placed('credentials', credentials)] };
  const account = { settings: settings.value, credentials: credentials.value };
  const more = [...accountFaults(account), ...(erp.faults?.(settings.value, credentials.value) ?? [])];
  if (more.length > 0) return { faults: inPoller(more) };
  const missing = missingCredentials({ ...known }, account, known?.credentials ?? {}, request.credentials ?? {});
  if (missing.length > 0) return { faults: inPoller(missing), code: 'credentials_required' };
  return account;
}

const placed = (room: string, checked: object): readonly Fault[] =>
  'faults' in checked
    ? (checked.faults as readonly Fault[]).map(({ field, message }) => ({
        field: `poller.${room}${field === '' ? '' : `.${field}`}`,
        message,
      }))
    : [];

const inPoller = (faults: readonly Fault[]): readonly Fault[] =>
  faults.map(({ field, message }) => ({ field: `poller.${field}`, message }));

/** Addresses may not lead where the operator does not want calls to go. */
export const addressFaults = async ({ settings, credentials }: PollerRequest, targets: TargetPolicy): Promise<readonly Fault[]> =>
  inPoller(await accountAddressFaults({ settings, credentials }, targets));
