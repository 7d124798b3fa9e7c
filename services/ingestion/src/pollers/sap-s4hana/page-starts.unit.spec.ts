import { ErpBench, scanned } from '../../../test/pollers/erp-bench.js';
import { sapRig } from '../../../test/pollers/sap-rig.js';

let bench: ErpBench;
beforeEach(async () => {
  bench = await ErpBench.open(sapRig({ auth: 'oauth' }));
  for (let index = 10; index < 40; index += 1) bench.set(`M${String(index)}`, String(index));
});
afterEach(async () => {
  await bench.close();
  expect(bench.erp.log.violations).toEqual([]);
});

const SETTINGS = { pageSize: 6, concurrency: 3 };
const scan = (settings: object = SETTINGS) => scanned(bench.account({ ...SETTINGS, ...settings }));
const stock = (): ReadonlyMap<string, string> =>
  new Map([...bench.erp.company.all()].map(({ sku, warehouse, quantity }) => [`${sku} @ ${warehouse}`, quantity]));

/** Filters of the calls that read stock meanwhile. */
async function filtersOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  const filters: string[] = [];
  bench.onStockCall((call) => filters.push(call.query.get('$filter') ?? ''));
  await run();
  return filters;
}

describe('a scan after a whole one', () => {
  it('asks for all pages by where they began, once each, whatever was added and taken away between', async () => {
    const first = await scan();
    expect([first.pages, first.figures]).toEqual([6, stock()]);
    bench.set('M105', '7');
    bench.set('A', '1');
    bench.set('Z', '1');
    bench.erp.company.remove({ sku: 'M15', warehouse: bench.rig.warehouses[0] });
    const filters = await filtersOf(async () => expect((await scan()).figures).toEqual(stock()));
    const bounds = filters.map((filter) => [/Material ge '(\w+)'/.exec(filter)?.[1], /Material lt '(\w+)'/.exec(filter)?.[1]]);
    expect(bounds).toEqual(
      expect.arrayContaining([
        [undefined, 'M15'],
        ['M15', 'M20'],
        ['M20', 'M25'],
        ['M35', undefined],
      ]),
    );
    expect(filters).toHaveLength(new Set(filters).size);
  });

  it('goes on from a page where it ended in the middle', async () => {
    const { figures } = await scan();
    const pages: (string | null)[] = [];
    for await (const read of bench.account(SETTINGS).pages({ cursor: undefined, since: undefined })) {
      if (read.kind === 'page') pages.push(read.page.next);
      if (pages.length === 3) break;
    }
    const rest = await scanned(bench.account(SETTINGS), { cursor: pages[2] ?? undefined });
    expect([...rest.figures.keys()]).toEqual([...figures.keys()].slice(15));
  });

  it('still takes an ERP without any stock for a fault, not for zero', async () => {
    await scan();
    bench.erp.company.clear();
    expect(await scan()).toMatchObject({ pages: 0, fault: { says: expect.stringMatching(/no stock at all/) as unknown } });
  });

  it('reads what is left where the first pages lost all their stock', async () => {
    await scan();
    for (let index = 10; index < 25; index += 1) bench.erp.company.remove({ sku: `M${String(index)}`, warehouse: bench.rig.warehouses[0] });
    const { figures, fault } = await scan();
    expect([fault, figures]).toEqual([undefined, stock()]);
  });

  it('has its pages anew where most materials of them are gone', async () => {
    await scan();
    for (let index = 10; index < 40; index += 1)
      if (index % 6 !== 0) bench.erp.company.remove({ sku: `M${String(index)}`, warehouse: bench.rig.warehouses[0] });
    const sparse = await scan();
    const anew = await scan();
    expect([sparse.pages, anew.pages, anew.figures]).toEqual([6, 1, stock()]);
  });
});
