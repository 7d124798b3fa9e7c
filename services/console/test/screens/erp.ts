import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';
import { startErp } from '../shop.js';

export function erp(around: Around): void {
  describe('ERP connections', () => {
    let api: Api;
    const level = (messageId: string, more: object) => ({
      type: 'level',
      messageId,
      connectionId: 'books',
      warehouseId: 'W-1',
      sku: 'BOOK-1',
      quantity: 8,
      asOf: new Date().toISOString(),
      ...more,
    });
    const publish = (messageId: string, more: object = {}) => api.post('/v1/erp/messages', { messages: [level(messageId, more)] });

    beforeAll(async () => {
      const { url, key } = around.holdfast();
      api = new Api(url, key);
      await api.put('/v1/erp/connections/books', { name: 'Bookkeeping', system: 'test', autoMap: false });
      await publish('parked-1');
    });

    it('show what waits for a location, and let it go once the warehouse has one', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/erp');
      await page.getByRole('cell', { name: 'W-1' }).waitFor();
      expect(await lookAt(page, 'erp')).toEqual([]);
      await page.getByRole('link', { name: 'Bookkeeping' }).click();
      await page.getByText('W-1: 1 message waits for a location').waitFor();
      await page.getByRole('combobox', { name: 'Location' }).selectOption('BER');
      expect(await lookAt(page, 'erp-connection')).toEqual([]);
      await page.getByRole('button', { name: 'Map' }).click();
      await page.getByRole('cell', { name: 'BER' }).waitFor();
      await eventually(
        async () => ((await api.get('/api/products/BOOK-1/inventory-levels')).body as { totalOnHand?: number }).totalOnHand,
        (units) => units === 8,
      );
    });

    it('are tried and read at once, and say what each run brought', async () => {
      const erp = await startErp();
      try {
        erp.company.set({ sku: 'BOOK-2', warehouse: '01' }, { quantity: '12' });
        const { system, poller } = erp.connection;
        const mappings = [{ warehouseId: '01', locationId: 'BER' }];
        await api.put('/v1/erp/connections/erp', { name: 'Protheus', system, mappings, poller: { ...poller, enabled: false } });
        const page = await signedIn(around, around.holdfast().key, '/app/erp/erp');
        await page.getByText('disabled').waitFor();
        await page.getByRole('button', { name: 'Test' }).click();
        await page.getByRole('status').getByRole('listitem').first().waitFor();
        expect(await page.getByRole('status').getByText('✗').count()).toBe(0);
        await page.getByRole('button', { name: 'Read now' }).click();
        await page.getByRole('row', { name: /done 1 1 0 0/ }).waitFor();
        expect(await lookAt(page, 'erp-runs')).toEqual([]);
      } finally {
        await erp.close();
      }
    });

    it('are made with system, settings, credentials and interval, tried, and changed', async () => {
      const erp = await startErp();
      try {
        erp.company.set({ sku: 'BOOK-3', warehouse: '01' }, { quantity: '3' });
        const { system, poller } = erp.connection;
        const page = await signedIn(around, around.holdfast().key, '/app/erp');
        await page.getByRole('button', { name: 'Connect an ERP' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Id of the connection').fill('protheus');
        await dialog.getByLabel('Name').fill('Protheus of the shops');
        await dialog.getByLabel('System').selectOption(system);
        await dialog.getByLabel('Settings').fill(JSON.stringify(poller.settings));
        await dialog.getByLabel('Credentials').fill('{');
        expect(await lookAt(page, 'erp-connect')).toEqual([]);
        await dialog.getByRole('button', { name: 'Connect an ERP' }).click();
        await dialog.getByRole('alert').waitFor();
        await dialog.getByLabel('Credentials').fill(JSON.stringify(poller.credentials));
        await dialog.getByLabel(/^Seconds/).fill('3600');
        await dialog.getByRole('button', { name: 'Connect an ERP' }).click();
        await page.getByRole('heading', { level: 1, name: 'Protheus of the shops' }).waitFor();
        await page.getByRole('button', { name: 'Test' }).click();
        await page.getByRole('status').getByRole('listitem').first().waitFor();
        expect(await page.getByRole('status').getByText('✗').count()).toBe(0);
        await page.getByRole('button', { name: 'Change how it is read' }).click();
        await dialog.getByLabel(/^Seconds/).fill('7200');
        await dialog.getByRole('button', { name: 'Change how it is read' }).click();
        await dialog.waitFor({ state: 'detached' });
        const { body } = await api.get('/v1/erp/connections/protheus');
        expect(body).toMatchObject({ system, poller: { intervalSeconds: 7200, settings: poller.settings } });
      } finally {
        await erp.close();
      }
    });

    it('are not shown to who may not see them', async () => {
      const page = await signedIn(around, await keyOf(around, { roles: ['storefront'] }), '/app/erp');
      await page.getByText('erp.read', { exact: true }).waitFor();
    });
  });
}
