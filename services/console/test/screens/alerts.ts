import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function alerts(around: Around): void {
  describe('alerts', () => {
    it('lead to the screen that explains them, and are posted where somebody says', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
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
      await page.getByRole('button', { name: 'Calls: duty' }).click();
      await page.getByRole('dialog').getByText('alert.test').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

      await page.getByRole('button', { name: 'New threshold' }).click();
      await page.getByRole('dialog').getByLabel('Id', { exact: true }).fill('scarce');
      await page.getByRole('dialog').getByLabel('SKU').fill('SCARCE-1');
      await page.getByRole('dialog').getByLabel('Threshold').fill('9');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /scarce SCARCE-1 all locations together 9 on/ }).waitFor();
      await page.getByRole('button', { name: 'Seen: SCARCE-1' }).first().click();
      await page
        .getByText(/^seen by /)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Mute for a day: SCARCE-1' }).first().click();
      await page.getByRole('button', { name: 'Unmute: SCARCE-1' }).click();
      await page.getByRole('button', { name: 'Unmute: SCARCE-1' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Remove: scarce' }).click();
      await page.getByText('Products go by their own threshold, or 10.').waitFor();
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
