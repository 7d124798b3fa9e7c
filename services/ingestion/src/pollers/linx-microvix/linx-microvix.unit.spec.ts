import { startLinxSimulator, type LinxOptions, type LinxSimulator } from '@holdfast/sandbox';
import { ErpBench, scanned } from '../../../test/pollers/erp-bench.js';
import { type ErpRig } from '../../../test/pollers/erp-rig.js';
import { pollerContract } from '../../../test/pollers/poller-contract.js';
import { linxMicrovix } from './system.js';

const FIRST = '12345678000195';
const SECOND = '12345678000276';
const DAY_MS = 86_400_000;

const NO_TOKENS = 'the key does not end';
const rig = (options: LinxOptions = {}): ErpRig => {
  const isWhole = options.command === 'LinxProdutosInventario';
  const lacks = { tokens: NO_TOKENS, moving_rows: 'a store is one answer' };
  return {
    system: linxMicrovix,
    start: (more) => startLinxSimulator({ ...more, ...options }),
    settings: {},
    warehouses: isWhole ? [`${FIRST}/1`, `${SECOND}/2`] : [FIRST, SECOND],
    lacks: isWhole ? lacks : { ...lacks, full: 'no row means that nothing moved' },
    operation: 'readStock',
    exact: '12345678901234567.1234',
  };
};

pollerContract('Linx Microvix', rig({ columnsVary: true }));
pollerContract('Linx Microvix by its inventory', rig({ command: 'LinxProdutosInventario', decimal: 'point' }));

let bench: ErpBench;
const opened = async (options: LinxOptions = {}): Promise<LinxSimulator> => {
  bench = await ErpBench.open(rig(options));
  return bench.erp as LinxSimulator;
};

describe('Linx Microvix', () => {
  afterEach(() => bench.close());

  it('is asked for what moved since the day before the last complete scan began', async () => {
    await opened();
    let since: string | undefined;
    const seen: (readonly string[])[] = [];
    for (const sku of ['OLD', 'NEW', 'NEWEST']) {
      bench.set(sku, '1');
      const scan = await scanned(bench.account(), { since });
      seen.push([...scan.figures.keys()]);
      since = scan.since;
      bench.clock.forward(3 * DAY_MS);
    }
    expect(seen).toEqual([[`OLD @ ${FIRST}`], [`NEW @ ${FIRST}`, `OLD @ ${FIRST}`], [`NEW @ ${FIRST}`, `NEWEST @ ${FIRST}`]]);
  });

  it('misses nothing that moved during a scan or on the day of it', async () => {
    await opened();
    bench.set('A', '1');
    const first = await scanned(bench.account());
    bench.set('A', '2');
    bench.set('LATE', '3', SECOND);
    bench.clock.forward(DAY_MS);
    const second = await scanned(bench.account(), { since: first.since });
    expect([...second.figures]).toEqual([
      [`A @ ${FIRST}`, '2'],
      [`LATE @ ${SECOND}`, '3'],
    ]);
  });

  it('counts the beginning of a scan that was resumed from its first store', async () => {
    await opened();
    bench.set('A', '1');
    let calls = 0;
    bench.onStockCall(() => {
      calls += 1;
      if (calls === 1) bench.erp.faults.next({ kind: 'server_error', status: 500 }, 1, 'readStock');
    });
    const begun = await scanned(bench.account());
    bench.clock.forward(5 * DAY_MS);
    const resumed = await scanned(bench.account(), { cursor: begun.cursor });
    expect(resumed.since?.split(' ')[0]).toBe(String(bench.clock.now() - 5 * DAY_MS));
  });

  it('is read whole again after its stores changed', async () => {
    await opened();
    bench.set('OLD', '1');
    bench.set('OTHER', '7', SECOND);
    const first = await scanned(bench.account({ companies: [FIRST] }));
    bench.clock.forward(9 * DAY_MS);
    const second = await scanned(bench.account(), { since: first.since });
    expect([...second.figures.keys()]).toEqual([`OLD @ ${FIRST}`, `OTHER @ ${SECOND}`]);
  });

  it('reads no quantity with a mark whose meaning was not said, and none with the other mark', async () => {
    await opened({ decimal: 'comma' });
    bench.set('A', '1.234');
    bench.set('B', '5');
    const unsaid = await scanned(bench.account({ decimal: undefined }));
    expect([...unsaid.figures]).toEqual([[`B @ ${FIRST}`, '5']]);
    expect(unsaid.refusedRows).toMatchObject([{ field: 'quantidade', says: expect.stringContaining('settings.decimal') as unknown }]);
    expect((await scanned(bench.account({ decimal: 'point' }))).refusedRows).toMatchObject([{ row: `A in ${FIRST}` }]);
    expect((await scanned(bench.account({ decimal: 'comma' }))).figures.get(`A @ ${FIRST}`)).toBe('1.234');
  });

  it('is asked one question at a time for a key', async () => {
    const linx = await opened();
    bench.set('A', '1');
    const accounts = [bench.account(), bench.account(), bench.account()];
    await Promise.all([...accounts.map((account) => scanned(account)), ...accounts.map((account) => account.warehouses())]);
    expect(linx.mostAtOnce()).toBe(1);
  });

  it('names depots of a store where figures come by depot', async () => {
    await opened({ command: 'LinxProdutosInventario' });
    expect(await bench.account().warehouses()).toMatchObject({
      warehouses: [
        { warehouseId: `${FIRST}/1`, name: 'Loja Centro, Principal' },
        { warehouseId: `${FIRST}/2`, name: 'Loja Centro, Reserva técnica' },
        { warehouseId: `${SECOND}/1`, name: 'Loja Norte, Principal' },
        { warehouseId: `${SECOND}/2`, name: 'Loja Norte, Reserva técnica' },
      ],
    });
  });

  it('says that a store is none of the portal', async () => {
    await opened();
    const checks = await bench.account({ companies: [FIRST, '99999999000199'] }).check();
    expect(checks.find(({ name }) => name === 'stock')).toEqual({
      name: 'stock',
      ok: false,
      says: 'the portal has no store 99999999000199',
    });
  });
});

describe('settings of Linx Microvix', () => {
  it('are refused by their field where they cannot be', () => {
    const faults = (given: object): readonly string[] =>
      (linxMicrovix.faults?.(Object.assign(new linxMicrovix.settings(), given), new linxMicrovix.credentials()) ?? []).map(
        ({ field }) => field,
      );
    expect(faults({ companies: [FIRST, '12.345.678/0001-95'] })).toEqual(['settings.companies[1]']);
    expect(faults({ companies: [FIRST, FIRST] })).toEqual(['settings.companies']);
    expect(faults({ companies: [FIRST], timeZone: 'Mars/Olympus' })).toEqual(['settings.timeZone']);
  });
});
