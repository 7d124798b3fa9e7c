import { StoppedClock } from '../../test/stopped-clock.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { startTotvsSimulator, type TotvsOptions, type TotvsSimulator } from './totvs-simulator.js';

const PATH = '/rest/api/retail/v1/retailStockLevel';

let clock: StoppedClock;
let totvs: TotvsSimulator;
const started = async (options: TotvsOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  totvs = await startTotvsSimulator({ clock, ...options });
  totvs.company.set({ sku: '000001', warehouse: '01' }, { quantity: '100.25', reserved: '3' });
  totvs.company.set({ sku: '000001', warehouse: '02' }, { quantity: '7' });
  totvs.company.set({ sku: 'B', warehouse: '1' }, { quantity: '8' });
};
afterEach(() => totvs.close());

const basic = (): string => {
  const { username = '', password = '' } = totvs.connection.poller.credentials;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
};

interface Page {
  readonly hasNext: boolean;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

async function get(query: string, authorization = basic(), path = PATH, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${totvs.url}${path}?${query}`, { headers: { authorization, ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Page & Readonly<Record<string, unknown>> };
}

const login = (query: Readonly<Record<string, string>>) =>
  fetch(`${totvs.url}/rest/api/oauth2/v1/token?${new URLSearchParams(query).toString()}`, { method: 'POST' });

describe('stock of Protheus', () => {
  it('is padded, in pages that say whether another follows, as TOTVS specifies it', async () => {
    await started();
    const first = await get('page=1&pageSize=2');
    expect(first.body.hasNext).toBe(true);
    expect(first.body.items[0]).toMatchObject({
      ItemInternalId: '000001         ',
      WarehouseInternalID: '01',
      CurrentStockAmount: 100.25,
      BookedStockAmount: 3,
    });
    const second = await get('page=2&pageSize=2&fields=ItemInternalId,WarehouseInternalID');
    expect(second.body).toEqual({ hasNext: false, items: [{ ItemInternalId: 'B              ', WarehouseInternalID: '1 ' }] });
    expect(totvs.log.violations).toEqual([]);
  });

  it('is ten items a page where nothing was asked for', async () => {
    await started();
    totvs.company.fill(20, ['01'], () => 1);
    expect((await get('')).body.items).toHaveLength(10);
  });

  it('refuses what it does not understand in the form of its errors', async () => {
    await started();
    for (const query of ['page=0', 'pageSize=x', 'order=colour']) {
      expect(await get(query)).toMatchObject({
        status: 400,
        body: {
          code: expect.any(String) as unknown,
          message: expect.any(String) as unknown,
          detailedMessage: expect.any(String) as unknown,
        },
      });
    }
  });

  const needsDocument = contractFile('totvs-protheus', 'apis', 'RetailStockLevel_v1_000.json') === undefined ? it.skip : it;
  needsDocument("finds what TOTVS' documents do not have against its specification", async () => {
    await started();
    totvs.company.set({ sku: 'A', warehouse: '01' }, { quantity: 'many' });
    await get('page=1&lastChange=2026-07-01&pageSize=x');
    await get('');
    expect(totvs.log.violations).toEqual([
      'readStock: request has lastChange, which is no parameter',
      'readStock: request has a pageSize that is no whole number from 1 on',
      'readStock: answer 200/items/2/CurrentStockAmount must be number',
    ]);
  });

  it('is that of another branch unless the tenant is named', async () => {
    await started({ tenantId: '01,0101' });
    expect((await get('')).status).toBe(400);
    expect((await get('', basic(), PATH, { tenantId: '01,0101' })).status).toBe(200);
  });

  it('comes by a service of the site, with names of its own', async () => {
    const fields = { sku: 'produto', warehouse: 'local', onHand: 'saldo', reserved: 'empenho' };
    await started({ site: { path: '/estoque/saldos', fields } });
    const { body } = await get('', basic(), '/rest/estoque/saldos');
    expect(body.items[0]).toEqual({ produto: '000001         ', local: '01', saldo: '100.25', empenho: '3' });
  });
});

describe('access to Protheus', () => {
  it('is by a token that ends and is renewed', async () => {
    await started();
    const { username = '', password = '' } = totvs.connection.poller.credentials;
    expect((await login({ grant_type: 'password', username, password: 'x' })).status).toBe(401);
    const given = (await (await login({ grant_type: 'password', username, password })).json()) as Record<string, string>;
    expect((await get('', `Bearer ${given['access_token'] ?? ''}`)).status).toBe(200);
    clock.forward(3_600_000);
    expect((await get('', `Bearer ${given['access_token'] ?? ''}`)).status).toBe(401);
    const renewed = (await (await login({ grant_type: 'refresh_token', refresh_token: given['refresh_token'] ?? '' })).json()) as Record<
      string,
      string
    >;
    expect((await get('', `Bearer ${renewed['access_token'] ?? ''}`)).status).toBe(200);
  });

  it('is by Basic alone where the REST server gives no tokens', async () => {
    await started({ givesTokens: false });
    const { username = '', password = '' } = totvs.connection.poller.credentials;
    expect((await login({ grant_type: 'password', username, password })).status).toBe(404);
    expect((await get('')).status).toBe(200);
    totvs.faults.credentialsRevoked = true;
    expect((await get('')).status).toBe(401);
  });
});
