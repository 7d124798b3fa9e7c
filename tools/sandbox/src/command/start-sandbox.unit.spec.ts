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
      expect(new Set(vendor.listings().map(({ sku }) => sku)).size).toBe(12);
      expect(Object.keys(vendor.account.credentials).length).toBeGreaterThan(0);
    }
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
