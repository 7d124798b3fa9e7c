import { Api } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function replenishment(around: Around): void {
  describe('replenishment', () => {
    it('suggests by a rule with its figures, and orders what is approved', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/locations', { locationId: 'HAM', name: 'Hamburg store', kind: 'store', priority: 20 });
      await api.post('/api/inventory/record-stock', { sku: 'CUP-1', locationId: 'BER', quantity: 100 });
      await api.post('/api/inventory/record-stock', { sku: 'CUP-1', locationId: 'HAM', quantity: 2 });
      const page = await signedIn(around, key, '/app/replenishment/rules');
      await page.getByRole('button', { name: 'New rule' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('SKU').fill('CUP-1');
      await dialog.getByLabel('Location').selectOption('HAM');
      await dialog.getByLabel('What a need becomes').selectOption('suggest');
      await dialog.getByLabel('Minimum', { exact: true }).fill('5');
      await dialog.getByLabel('Maximum', { exact: true }).fill('20');
      await dialog.getByLabel('Pack size').fill('6');
      await dialog.getByLabel('From').selectOption('BER');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM minimum and maximum suggested when asked for 5 20 – 0 transfer BER/ }).waitFor();

      await page.getByRole('link', { name: 'Suggestions and orders' }).click();
      await page.getByRole('button', { name: 'Compute now' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM \? suggested 18 transfer BER 2 20/ }).waitFor();
      await page.getByRole('button', { name: 'Decide on CUP-1' }).click();
      await dialog.getByText('= 2').waitFor();
      expect(await lookAt(page, 'replenishment-order')).toEqual([]);
      await dialog.getByLabel('Units to order').fill('12');
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM (✓ approved|ordered) 12 transfer BER/ }).waitFor();
    });
  });
}
