import { ERP_SYSTEMS, systemsByName } from '../registry.js';
import { askedPoller, type KnownPoller } from './asked-poller.js';

const systems = systemsByName(ERP_SYSTEMS);
const ERP = 'https://erp.example';
const ELSEWHERE = 'https://other.example';

const OF = {
  'sap-s4hana': { settings: { baseUrl: ERP }, credentials: { clientId: 'i', clientSecret: 's', tokenUrl: `${ERP}/token` } },
  'totvs-protheus': { settings: { baseUrl: `${ERP}/rest` }, credentials: { username: 'u', password: 'p' } },
  'linx-microvix': {
    settings: { baseUrl: `${ERP}/export`, portal: '1', companies: ['12345678000195'] },
    credentials: { key: 'k', user: 'u', password: 'p' },
  },
} as const;
const names = Object.keys(OF) as (keyof typeof OF)[];

const asked = (system: string, given: object, known?: KnownPoller) =>
  askedPoller(system, { intervalSeconds: 60, settings: {}, ...given }, known, systems);
const faults = (...of: Parameters<typeof asked>): readonly string[] => {
  const answer = asked(...of);
  return 'faults' in answer ? answer.faults.map(({ field }) => field) : [];
};

describe.each(names)('a poller of %s', (system) => {
  const { settings, credentials } = OF[system];
  const known = { settings, credentials };

  it('takes no address with a query or fragment, and no control character', () => {
    const at = (baseUrl: string) => faults(system, { settings: { ...settings, baseUrl }, credentials });
    expect([at(`${ERP}/`), at(`${ERP}/?a`), at(`${ERP}#`)]).toEqual([[], ['poller.settings.baseUrl'], ['poller.settings.baseUrl']]);
    const [name = ''] = Object.keys(credentials);
    expect(faults(system, { settings, credentials: { ...credentials, [name]: 'a\tb' } })).toEqual([`poller.credentials.${name}`]);
  });

  it('keeps credentials that are left out while its host stays, and is asked for them at another one', () => {
    expect(asked(system, { settings: { ...settings, baseUrl: `${ERP}/v2` } }, known)).toMatchObject({ credentials });
    const moved = { ...settings, baseUrl: ELSEWHERE };
    const secrets = Object.keys(credentials).filter((name) => name !== 'tokenUrl');
    expect(asked(system, { settings: moved }, known)).toMatchObject({ code: 'credentials_required' });
    expect(faults(system, { settings: moved }, known)).toEqual(secrets.map((name) => `poller.credentials.${name}`));
    expect(faults(system, { settings: moved, credentials }, known)).toEqual([]);
  });
});

it('a poller of SAP whose token address alone is another one is asked for its client secret', () =>
  expect(faults('sap-s4hana', { settings: { baseUrl: ERP }, credentials: { tokenUrl: `${ELSEWHERE}/token` } }, OF['sap-s4hana'])).toEqual([
    'poller.credentials.clientId',
    'poller.credentials.clientSecret',
  ]));
