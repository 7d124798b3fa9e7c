import type { ErpSystem } from '../port.js';
import { SapAccount } from './account.js';
import { SapClient } from './client.js';
import { SapCredentials, SapSettings } from './settings.js';

/** SAP S/4HANA, by the OData service of material stock (communication scenario SAP_COM_0164). */
export const sapSystem: ErpSystem<SapSettings, SapCredentials> = {
  name: 'sap-s4hana',
  settings: SapSettings,
  credentials: SapCredentials,
  faults: (_, { username, password, clientId, clientSecret, tokenUrl, apiKey }) => {
    const ways = [username ?? password, clientId ?? clientSecret ?? tokenUrl, apiKey].filter((given) => given !== undefined);
    if (ways.length !== 1)
      return [{ field: 'credentials', message: 'must be username and password, or clientId, clientSecret and tokenUrl, or apiKey' }];
    if (apiKey !== undefined) return [];
    const needed = ways[0] === (username ?? password) ? { username, password } : { clientId, clientSecret, tokenUrl };
    return Object.entries(needed).flatMap(([name, value]) =>
      value === undefined ? [{ field: `credentials.${name}`, message: 'is needed' }] : [],
    );
  },
  open: ({ settings, credentials }, tools) => new SapAccount(settings, new SapClient(settings, credentials, tools), tools.scans),
};
