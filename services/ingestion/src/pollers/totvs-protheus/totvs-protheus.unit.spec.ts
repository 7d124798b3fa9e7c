import { startTotvsSimulator, type TotvsOptions } from '@holdfast/sandbox';
import { ErpBench, scanned } from '../../../test/pollers/erp-bench.js';
import { type ErpRig } from '../../../test/pollers/erp-rig.js';
import { pollerContract } from '../../../test/pollers/poller-contract.js';
import { totvsProtheus } from './system.js';

const rig = (options: TotvsOptions = {}): ErpRig => ({
  system: totvsProtheus,
  start: (more) => startTotvsSimulator({ ...more, ...options }),
  settings: { pageSize: 2 },
  warehouses: ['01', '02'],
  lacks: {},
  operation: options.site === undefined ? 'readStock' : 'readSite',
  exact: '9876543210.25',
});

pollerContract('TOTVS Protheus', rig());
pollerContract('TOTVS Protheus without tokens', { ...rig({ givesTokens: false }), lacks: { tokens: 'the server knows Basic alone' } });

const SITE = { path: '/estoque/saldos', fields: { sku: 'produto', warehouse: 'local', onHand: 'saldo', reserved: 'empenho' } };

let bench: ErpBench;
const opened = async (options: TotvsOptions = {}): Promise<void> => {
  bench = await ErpBench.open(rig(options));
};
describe('TOTVS Protheus', () => {
  afterEach(async () => {
    await bench.close();
    expect(bench.erp.log.violations).toEqual([]);
  });

  it("says what is available by a formula over our names or the service's", async () => {
    await opened();
    bench.erp.company.set({ sku: 'A', warehouse: '01' }, { quantity: '10.10', reserved: '0.20' });
    const figure = async (available?: string) => [
      ...(await scanned(bench.account(available === undefined ? {} : { available }))).figures.values(),
    ];
    expect(await figure()).toEqual(['10.1']);
    expect(await figure('onHand - reserved')).toEqual(['9.9']);
    expect(await figure('CurrentStockAmount - BookedStockAmount + FutureStockAmount')).toEqual(['9.9']);
  });

  it('refuses rows that lack a field of the formula: it is not taken for 0', async () => {
    await opened();
    bench.set('A', '1');
    const { figures, refusedRows } = await scanned(bench.account({ available: 'onHand - B2_QEMP' }));
    expect([figures.size, refusedRows]).toEqual([0, [{ row: 'A in 01', field: 'B2_QEMP', says: 'is missing; it is not taken for 0' }]]);
  });

  it('reads a service of the site, with quantities as text', async () => {
    await opened({ site: SITE });
    bench.erp.company.set({ sku: '000123', warehouse: '1' }, { quantity: '12345678901234567.89', reserved: '1' });
    expect([...(await scanned(bench.account({ available: 'saldo - empenho' }))).figures]).toEqual([['000123 @ 1', '12345678901234566.89']]);
  });

  it('refuses a number that JSON rounds', async () => {
    await opened();
    bench.set('A', '12345678901234567.89');
    expect((await scanned(bench.account())).refusedRows).toMatchObject([
      { field: 'CurrentStockAmount', says: expect.stringContaining('too large') as unknown },
    ]);
  });

  it('names company and branch', async () => {
    await opened({ tenantId: '01,0101' });
    bench.set('A', '1');
    expect((await scanned(bench.account())).figures.size).toBe(1);
    expect((await scanned(bench.account({ tenantId: '02,0101' }))).fault).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('Company or branch is not valid') as unknown,
    });
  });

  it('takes a server for one that gives no tokens after it was asked once', async () => {
    await opened({ givesTokens: false });
    for (const sku of ['A', 'B', 'C']) bench.set(sku, '1');
    expect((await scanned(bench.account())).pages).toBe(2);
    expect(bench.erp.log.of('token').map(({ status }) => status)).toEqual([404]);
  });
});

describe('settings of TOTVS Protheus', () => {
  it.each(['onHand *', '1 - onHand', '-onHand', 'a, b'])('are refused by their field where the formula is %j', (available) => {
    const settings = Object.assign(new totvsProtheus.settings(), { baseUrl: 'https://erp.example/rest', available });
    expect(totvsProtheus.faults?.(settings, new totvsProtheus.credentials())).toMatchObject([{ field: 'settings.available' }]);
  });
});
