import { Api } from '@holdfast/testing';
import { signedIn, tokenOf, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function requests(around: Around): void {
  describe('stock requests', () => {
    it('are submitted by one person, approved with fewer units by another, shipped, and closed', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/locations', { locationId: 'HAM', name: 'Hamburg store', kind: 'store', priority: 20 });
      await api.post('/api/inventory/record-stock', { sku: 'DESK-1', locationId: 'BER', quantity: 40 });
      const page = await signedIn(around, tokenOf('anna'), '/app/requests');
      await page.getByRole('button', { name: 'New request' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('From', { exact: true }).selectOption('BER');
      await dialog.getByLabel('To', { exact: true }).selectOption('HAM');
      await dialog.getByLabel('SKU 1').fill('DESK-1');
      await dialog.getByLabel('Units 1').fill('10');
      await dialog.getByLabel('Needed by').fill('2030-12-05');
      await dialog.getByRole('button', { name: 'Save as draft' }).click();
      await page.getByRole('status').getByText('draft').waitFor();
      await page.getByRole('button', { name: 'Edit the draft' }).click();
      await dialog.getByLabel('Units 1').fill('12');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /DESK-1 12 0 / }).waitFor();
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByLabel('Why back').fill('Ten are enough');
      await page.getByRole('button', { name: 'One step back' }).click();
      await page.getByRole('status').getByText('draft').waitFor();
      await page.getByRole('button', { name: 'Edit the draft' }).click();
      await dialog.getByLabel('Units 1').fill('10');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /DESK-1 10 0 / }).waitFor();
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('status').getByText('submitted').waitFor();

      const other = await signedIn(around, tokenOf('ben'), '/app/requests?status=pending');
      const row = other.getByRole('row', { name: /submitted BER HAM 10 × DESK-1 normal 2030-12-05 anna/ });
      await row.getByRole('link').click();
      await other.getByLabel('DESK-1').fill('8');
      await other.getByLabel('Why less').selectOption('budget');
      expect(await lookAt(other, 'request')).toEqual([]);
      await other.getByRole('button', { name: 'Approve' }).click();
      await other.getByRole('row', { name: /DESK-1 10 8 8 0 0 / }).waitFor();

      await page.getByText('of 8 reserved').waitFor();
      await page.getByLabel('DESK-1').fill('5');
      await page.getByRole('button', { name: 'Ship' }).click();
      await page.getByRole('row', { name: /DESK-1 10 8 3 0 5 / }).waitFor();
      await page.getByRole('button', { name: 'Close the remainder' }).click();
      await page.getByRole('status').getByText('✓ fulfilled').waitFor();
      await page.getByRole('listitem').getByText('5 × DESK-1').waitFor();
    });
  });
}
