import { startSandbox, type Sandbox } from './start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(0, 'none');
});
afterAll(() => sandbox.close());

describe('the sandbox', () => {
  it('has every vendor, each with the listings of the sample and ready-made credentials', () => {
    expect(sandbox.vendors.map(({ vendor }) => vendor)).toEqual(['shopify', 'amazon', 'ebay', 'walmart', 'zalando']);
    for (const vendor of sandbox.vendors) {
      expect(new Set(vendor.listings().map(({ sku }) => sku)).size).toBe(15);
      expect(Object.keys(vendor.account.credentials).length).toBeGreaterThan(0);
    }
  });

  it('has a Zalando account that can be read', () => {
    expect(sandbox.vendors.find(({ vendor }) => vendor === 'zalando')?.account.settings).toMatchObject({
      readBack: 'product_status_report',
    });
  });

  it('has every ERP system with stock of the same products, and what a connection is set up with', () => {
    expect(sandbox.erps.map(({ system }) => system)).toEqual(['sap-s4hana', 'totvs-protheus', 'linx-microvix']);
    for (const { company, connection, url } of sandbox.erps) {
      expect(new Set(company.single().map(({ sku }) => sku)).size).toBe(15);
      expect(JSON.stringify(connection.poller.settings)).toContain(url);
      expect(Object.keys(connection.poller.credentials).length).toBeGreaterThan(0);
    }
  });

  it('shows what each ERP system keeps, after something happened there', async () => {
    const [sap] = sandbox.erps;
    sap?.company.set({ sku: 'TENT-2P', warehouse: '1010/101A' }, { quantity: '8150' });
    sap?.life.sold({ sku: 'TENT-2P', warehouse: '1010/101A' }, 50);
    expect(await (await fetch(sandbox.url)).text()).toContain('1 sales are not posted yet');
    sap?.life.postAll();
    sandbox.live();
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toContain('<h2>sap-s4hana</h2>');
    expect(page).toMatch(/81[01]\d|809\d|812\d/);
  });

  it('shows what each shop shows', async () => {
    const [shopify] = sandbox.vendors;
    const tent = shopify?.listings().find(({ sku }) => sku === 'TENT-2P');
    shopify?.edit(tent?.listingId ?? '', 4_711, tent?.remoteId ?? undefined);
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toContain('4711');
    for (const { vendor, url } of sandbox.vendors) {
      expect(page).toContain(`<h2>${vendor}</h2>`);
      expect(page).toContain(url);
    }
  });
});
