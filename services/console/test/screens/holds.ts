import { Api } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function holds(around: Around): void {
  describe('holds', () => {
    it('are placed where units are free, over promises where that is said, and released in parts', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/inventory/record-stock', { sku: 'MILK-1', locationId: 'BER', quantity: 9 });
      await api.post('/sales-channel/inventory/reserve', { items: [{ sku: 'MILK-1', quantity: 6 }], orderId: 'order-milk' });
      const page = await signedIn(around, key, '/app/holds?sku=MILK-1');
      await page.getByText('No holds').waitFor();
      await page.getByRole('button', { name: 'New hold' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Location').selectOption('BER');
      await dialog.getByLabel('Units').fill('4');
      await dialog.getByLabel('Reference').fill('QA-118');
      await dialog.getByRole('button', { name: 'Hold', exact: true }).click();
      await dialog.getByText('Only 3 are free; the others are promised.').waitFor();
      await dialog.getByRole('button', { name: 'Hold promised units too' }).click();
      await page.getByRole('row', { name: /MILK-1 BER quality ⊘ active 4 1 promise uncovered 4 QA-118/ }).waitFor();
      expect(await lookAt(page, 'holds')).toEqual([]);

      await page.getByRole('button', { name: 'Release MILK-1' }).click();
      await dialog.getByLabel('Where the units go').selectOption('scrap');
      await dialog.getByLabel('Units', { exact: true }).fill('1');
      await dialog.getByRole('button', { name: 'Release', exact: true }).click();
      await page.getByRole('row', { name: /MILK-1 BER quality ⊘ partly released 4 .* 3 QA-118/ }).waitFor();
      await page.goto('/app/sku/MILK-1');
      await page.getByRole('link', { name: '3 held' }).waitFor();
      await page.goto('/app/matrix?q=MILK-1');
      await page.getByRole('rowheader', { name: 'MILK-1 ⊘ 3 held' }).waitFor();
    });
  });
}
