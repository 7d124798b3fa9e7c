import { startSapSimulator, type SapOptions, type SapSimulator } from '@holdfast/sandbox';
import { check } from '@holdfast/platform';
import { VendorClient, type VendorRequest } from '@holdfast/vendor-http';
import { KeptStarts } from '../../../test/pollers/erp-bench.js';
import { FigureReader } from '../figures/figures-of.js';
import type { ErpAccount, ErpFault, PageRead } from '../port.js';
import { sapSystem } from './system.js';

const WAREHOUSES = ['1010/101A', '1010/101B', '1020/102A'];

describe('reading the stock of an S/4HANA', () => {
  const client = new VendorClient({ allowPrivateAddresses: true }, 2_000);
  const stopped = new AbortController().signal;
  const open: SapSimulator[] = [];
  let calls: VendorRequest[] = [];

  beforeEach(() => {
    calls = [];
  });
  afterEach(async () => {
    for (const sap of open.splice(0)) {
      // An answer that is faulty by plan is not held against the simulator.
      expect(sap.log.violations.filter((text) => !text.startsWith('answer'))).toEqual([]);
      await sap.close();
    }
  });
  afterAll(() => client.close());

  const start = async (options: SapOptions = {}): Promise<SapSimulator> => {
    const sap = await startSapSimulator(options);
    open.push(sap);
    sap.company.clear();
    return sap;
  };

  const accountOf = (
    sap: SapSimulator,
    given: object = {},
    credentials: object = sap.connection.poller.credentials,
    scans = new KeptStarts(),
  ): ErpAccount => {
    const settings = check(sapSystem.settings, { baseUrl: sap.url, ...given });
    const checked = check(sapSystem.credentials, credentials);
    if ('faults' in settings || 'faults' in checked) throw new Error(JSON.stringify([settings, checked]));
    expect(sapSystem.faults?.(settings.value, checked.value)).toEqual([]);
    let kept: string | undefined;
    const http = client.until(stopped);
    return sapSystem.open(
      { settings: settings.value, credentials: checked.value },
      {
        http: {
          call: (request) => {
            calls.push(request);
            return http.call(request);
          },
        },
        tokens: { token: () => kept, keep: (token) => (kept = token), drop: () => (kept = undefined) },
        scans,
        now: Date.now,
        newId: () => 'id',
      },
    );
  };

  const readAll = async (account: ErpAccount, from?: string): Promise<readonly PageRead[]> => {
    const reads: PageRead[] = [];
    for await (const read of account.pages({ cursor: from, since: undefined })) reads.push(read);
    return reads;
  };
  const pagesOf = (reads: readonly PageRead[]) => reads.flatMap((read) => (read.kind === 'page' ? [read.page] : []));
  const figuresOf = (reads: readonly PageRead[]) => {
    const figures = pagesOf(reads).flatMap(({ rows }) => new FigureReader({}).read(rows).figures);
    const items = figures.map(({ sku, warehouseId }) => `${sku} ${warehouseId}`);
    expect(new Set(items).size).toBe(items.length);
    return Object.fromEntries(figures.map(({ sku, warehouseId, figure }) => [`${sku} ${warehouseId}`, figure]));
  };
  const faultOf = (reads: readonly PageRead[]): ErpFault | undefined => {
    const last = reads.at(-1);
    return last?.kind === 'fault' ? last.fault : undefined;
  };

  it('sums batches and leaves out what cannot be sold, whatever the size of the pages', async () => {
    const sap = await start();
    for (let index = 0; index < 40; index += 1) {
      const sku = `0000${String(index % 7).padStart(4, '0')}`;
      const warehouse = WAREHOUSES[index % 3] ?? '';
      sap.company.set({ sku, warehouse, batch: `B${String(index)}` }, { quantity: `${String(index)}.00000000000000` });
      sap.company.set({ sku, warehouse, batch: `B${String(index)}`, stockType: '07' }, { quantity: '1000' });
      sap.company.set({ sku, warehouse, batch: `B${String(index)}`, specialStock: 'E' }, { quantity: '1000' });
    }
    const whole = figuresOf(await readAll(accountOf(sap)));
    expect(Object.keys(whole)).toHaveLength(21);
    expect(Object.values(whole).reduce((sum, next) => sum + next, 0)).toBe((39 * 40) / 2);
    for (const pageSize of [1, 2, 5, 6, 13])
      for (const concurrency of [1, 2]) expect(figuresOf(await readAll(accountOf(sap, { pageSize, concurrency })))).toEqual(whole);
  });

  it('reads the plants, storage locations and stock types that are set', async () => {
    const sap = await start();
    for (const warehouse of WAREHOUSES) sap.company.set({ sku: 'TEE', warehouse }, { quantity: '1' });
    sap.company.set({ sku: 'TEE', warehouse: '1010/101A', stockType: '02' }, { quantity: '5' });
    const found = await readAll(accountOf(sap, { plants: ['1010'], storageLocations: ['101A', '102A'], stockTypes: ['01', '02'] }));
    expect(figuresOf(found)).toEqual({ 'TEE 1010/101A': 6 });
  });

  it('goes on after a page, and loses no row where others come and go before it', async () => {
    const sap = await start();
    for (let index = 10; index < 30; index += 1) sap.company.set({ sku: `M${String(index)}`, warehouse: '1010/101A' }, { quantity: '1' });
    const account = accountOf(sap, { pageSize: 6, concurrency: 1 });
    const seen: string[] = [];
    for await (const read of account.pages({ cursor: undefined, since: undefined })) {
      if (read.kind === 'fault') throw new Error(read.fault.says);
      seen.push(...read.page.rows.map(({ sku }) => sku));
      // With $skip the row that is removed would move another one into the page that was read.
      sap.company.remove({ sku: seen[0] ?? '', warehouse: '1010/101A' });
      sap.company.set({ sku: `A${String(seen.length)}`, warehouse: '1010/101A' }, { quantity: '1' });
    }
    expect(seen.filter((sku) => sku.startsWith('M'))).toEqual(Array.from({ length: 20 }, (_, index) => `M${String(index + 10)}`));
    const [first] = pagesOf(await readAll(account));
    const rest = await readAll(account, first?.next ?? undefined);
    expect(Object.keys(figuresOf(rest))).toHaveLength(sap.company.count - (first?.rows.length ?? 0));
  });

  it('goes on where the service itself cuts pages', async () => {
    const sap = await start({ mostEntities: 4 });
    for (let index = 0; index < 11; index += 1)
      sap.company.set({ sku: 'TEE', warehouse: '1010/101A', batch: String(index) }, { quantity: '1' });
    sap.company.set({ sku: 'ZIP', warehouse: '1010/101A' }, { quantity: '3' });
    expect(figuresOf(await readAll(accountOf(sap, { pageSize: 4 })))).toEqual({ 'TEE 1010/101A': 11, 'ZIP 1010/101A': 3 });
  });

  it('reads by token, renews one that ended early, and by a key', async () => {
    const sap = await start({ auth: 'oauth' });
    sap.company.set({ sku: 'TEE', warehouse: '1010/101A' }, { quantity: '1' });
    const account = accountOf(sap);
    await readAll(account);
    await readAll(account);
    const tokens = () => calls.filter(({ method }) => method === 'POST').length;
    expect(tokens()).toBe(1);
    sap.faults.next({ kind: 'expire_tokens' });
    expect(figuresOf(await readAll(account))).toEqual({ 'TEE 1010/101A': 1 });
    expect(tokens()).toBe(2);

    const hub = await start({ auth: 'api_key' });
    hub.company.set({ sku: 'TEE', warehouse: '1010/101A' }, { quantity: '2' });
    expect(figuresOf(await readAll(accountOf(hub)))).toEqual({ 'TEE 1010/101A': 2 });
  });

  it('corrects its times by the clock of the ERP', async () => {
    const sap = await start({ skewMs: -300_000 });
    sap.company.set({ sku: 'TEE', warehouse: '1010/101A' }, { quantity: '1' });
    const before = Date.now();
    const [page] = pagesOf(await readAll(accountOf(sap)));
    expect(page?.skewMs).toBeLessThan(-298_000);
    expect(Math.abs((page?.asOf ?? 0) - (before - 300_000))).toBeLessThan(5_000);
    expect((await accountOf(sap).check()).map(({ name, ok }) => [name, ok])).toEqual([
      ['reachable', true],
      ['credentials', true],
      ['stock', true],
      ['clock', false],
    ]);
  });

  describe('with an answer that is none', () => {
    it.each([
      ['too many calls', { kind: 'throttle', retryAfterMs: 7_000 }, { kind: 'temporary', retryAfterMs: 7_000 }],
      ['maintenance', { kind: 'server_error', status: 503, retryAfterMs: 9_000 }, { kind: 'temporary', retryAfterMs: 9_000 }],
      ['an error with status 200', { kind: 'error_with_200' }, { kind: 'temporary' }],
      ['a closed connection', { kind: 'drop' }, { kind: 'temporary' }],
    ] as const)('says so: %s', async (_, fault, expected) => {
      const sap = await start();
      sap.company.set({ sku: 'TEE', warehouse: '1010/101A' }, { quantity: '1' });
      sap.faults.next(fault);
      const account = accountOf(sap);
      expect(faultOf(await readAll(account))).toMatchObject(expected);
      expect(figuresOf(await readAll(account))).toEqual({ 'TEE 1010/101A': 1 });
    });

    it.each([
      ['HTML', '<html>sign in</html>'],
      ['a truncated body', '{"d":{"results":[{"Material":"TEE","Plant":"1010"'],
      ['no results', '{"d":{}}'],
      ['a row without its key', '{"d":{"results":[{"Material":"TEE"}]}}'],
    ])('says so: %s', async (_, body) => {
      const sap = await start();
      const answered = { kind: 'answered' as const, status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) };
      const settings = Object.assign(new sapSystem.settings(), { baseUrl: sap.url });
      const credentials = Object.assign(new sapSystem.credentials(), { apiKey: 'key' });
      const account = sapSystem.open(
        { settings, credentials },
        {
          http: { call: () => Promise.resolve(answered) },
          tokens: { token: () => undefined, keep: () => undefined, drop: () => undefined },
          scans: new KeptStarts(),
          now: () => 0,
          newId: () => 'id',
        },
      );
      expect(faultOf(await readAll(account))).toMatchObject({ kind: 'broken_answer' });
    });

    it('says so without the secret that it repeats', async () => {
      const body = Buffer.from('the key top-secret is blocked');
      const account = sapSystem.open(
        {
          settings: Object.assign(new sapSystem.settings(), { baseUrl: 'https://sap.example' }),
          credentials: Object.assign(new sapSystem.credentials(), { apiKey: 'top-secret' }),
        },
        {
          http: { call: () => Promise.resolve({ kind: 'answered' as const, status: 403, headers: {}, body }) },
          tokens: { token: () => undefined, keep: () => undefined, drop: () => undefined },
          scans: new KeptStarts(),
          now: () => 0,
          newId: () => 'id',
        },
      );
      expect(faultOf(await readAll(account))).toEqual({ kind: 'credentials', says: '403: the key ••• is blocked' });
    });

    it('says so: credentials that are refused', async () => {
      const sap = await start();
      sap.faults.credentialsRevoked = true;
      expect(faultOf(await readAll(accountOf(sap)))).toMatchObject({ kind: 'credentials' });
      expect(await accountOf(sap).check()).toMatchObject([
        { name: 'reachable', ok: true },
        { name: 'credentials', ok: false },
        { name: 'stock', ok: false, says: 'not tried' },
        { name: 'clock', ok: false, says: 'not tried' },
      ]);
    });
  });

  it('finds the warehouses one after the other', async () => {
    const sap = await start();
    for (const warehouse of WAREHOUSES) sap.company.set({ sku: 'TEE', warehouse }, { quantity: '1' });
    expect(await accountOf(sap).warehouses()).toEqual({
      kind: 'warehouses',
      warehouses: WAREHOUSES.map((warehouseId) => ({ warehouseId, name: null })),
    });
    expect(calls).toHaveLength(4);
  });

  it.each([
    [{}, ['credentials']],
    [{ username: 'a' }, ['credentials.password']],
    [{ username: 'a', password: 'b', apiKey: 'c' }, ['credentials']],
    [{ clientId: 'a', clientSecret: 'b' }, ['credentials.tokenUrl']],
    [{ clientId: 'a', clientSecret: 'b', tokenUrl: 'c' }, []],
  ])('wants one whole way to name itself: %j', (credentials, fields) => {
    const settings = Object.assign(new sapSystem.settings(), { baseUrl: 'https://sap.example' });
    const found = sapSystem.faults?.(settings, Object.assign(new sapSystem.credentials(), credentials)) ?? [];
    expect(found.map(({ field }) => field)).toEqual(fields);
  });
});
