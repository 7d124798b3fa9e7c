import { Api } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function putAway(around: Around): void {
  describe('put-away', () => {
    it('suggests bins with the reason for each, and ends when the units lie there', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      const bins = [
        { binId: 'A-01', sequence: 1, capacityUnits: 6 },
        { binId: 'A-02', sequence: 2 },
      ];
      await api.post('/api/locations', { locationId: 'BINS', name: 'Bins', kind: 'warehouse', priority: 50, bins });
      await api.post('/api/inventory/record-stock', { sku: 'JAR-1', locationId: 'BINS', quantity: 10 });
      const page = await signedIn(around, key, '/app/put-away?sku=JAR-1');
      await page.getByText('Nothing to put away').waitFor();
      await page.getByRole('button', { name: 'New put-away' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Location').selectOption('BINS');
      await dialog.getByLabel('SKU').fill('JAR-1');
      await dialog.getByLabel('Units').fill('8');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByText('A-01: 0 of 6, empty').waitFor();
      await page.getByText('A-02: 0 of 2, empty').waitFor();
      expect(await lookAt(page, 'put-away')).toEqual([]);
      await page.getByRole('button', { name: 'Complete JAR-1' }).click();
      await page.getByText('A-01: 6 of 6, empty').waitFor();
      await page.getByRole('cell', { name: 'completed' }).waitFor();
    });
  });
}
