import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function alerts(around: Around): void {
  describe('alerts', () => {
    it('lead to the screen that explains them, and are posted where somebody says', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/products', { sku: 'SCARCE-1', name: 'Scarce', lowStockThreshold: 5 });
      for (const quantity of [20, 3]) await api.post('/api/inventory/record-stock', { sku: 'SCARCE-1', locationId: 'BER', quantity });
      await eventually(
        async () => ((await api.get('/v1/alerts?sku=SCARCE-1')).body as { alerts: unknown[] }).alerts.length,
        (count) => count > 0,
      );
      const page = await signedIn(around, key, '/app/alerts');
      await page.getByRole('link', { name: 'SCARCE-1' }).waitFor();
      await page.getByLabel('Id', { exact: true }).fill('duty');
      await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9/alerts');
      await page.getByRole('button', { name: 'Add an address' }).click();
      await page.getByText('whsec_').waitFor();
      await page.getByRole('button', { name: 'Send a test: duty' }).click();
      await page.getByText(/^✗ /).first().waitFor();
      expect(await lookAt(page, 'alerts')).toEqual([]);
      await page.getByRole('button', { name: 'Remove: duty' }).click();
      await page.getByText('No address is told.').waitFor();
      await page.getByRole('link', { name: 'SCARCE-1' }).click();
      await page.getByRole('heading', { level: 1, name: 'SCARCE-1' }).waitFor();
    });

    it('are not shown to who may not see them', async () => {
      const page = await signedIn(around, await keyOf(around, { permissions: ['inventory.read'] }), '/app/alerts');
      await page.getByText('alerts.read', { exact: true }).waitFor();
    });
  });
}
