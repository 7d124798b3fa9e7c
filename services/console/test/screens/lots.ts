import { Api, eventually } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

const DAY_MS = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export function lots(around: Around): void {
  describe('lots', () => {
    it('are used up or destroyed once expired, and corrected after a look at what would change', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'DAIRY', name: 'Dairy', kind: 'warehouse', priority: 50 });
      await api.post('/api/locations', { locationId: 'WASTE', name: 'Waste yard', kind: 'destruction', priority: 90 });
      await api.post('/api/inventory/record-stock', { sku: 'CURD-1', locationId: 'DAIRY', quantity: 9 });
      const lines = [
        { lotId: 'OLD', quantity: 5, expiryDate: dayFromNow(-10) },
        { lotId: 'SOON', quantity: 4, expiryDate: dayFromNow(5) },
      ];
      await api.post('/api/inventory/adjustments/record-stock', { sku: 'CURD-1', locationId: 'DAIRY', lines });
      const page = await signedIn(around, key, '/app/lots?sku=CURD-1');
      await page.getByRole('row', { name: /CURD-1 OLD DAIRY ✗ expired for .* 5 Mark consumed/ }).waitFor();
      await page.getByRole('row', { name: /CURD-1 SOON DAIRY ⚠ expires in .* 4 Mark as expired: SOON/ }).waitFor();
      expect(await lookAt(page, 'lots')).toEqual([]);

      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Mark consumed: OLD' }).click();
      await dialog.getByLabel('Units').fill('2');
      await dialog.getByRole('button', { name: 'Mark consumed', exact: true }).click();
      await page.getByRole('row', { name: /CURD-1 OLD DAIRY .* 3 Mark consumed/ }).waitFor();
      await page.getByRole('button', { name: 'To destruction: OLD' }).click();
      await dialog.getByText('The units move there at once').waitFor();
      await dialog.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('row', { name: /CURD-1 OLD WASTE .* 3 Mark consumed/ }).waitFor();

      await api.post('/api/inventory/record-stock', { sku: 'CURD-1', locationId: 'DAIRY', quantity: 3 });
      await page.getByRole('button', { name: 'Correct lots' }).click();
      await dialog.getByLabel('Correction').selectOption('settle');
      await dialog.getByLabel('Location').selectOption('DAIRY');
      await dialog.getByRole('button', { name: 'Show what it would change' }).click();
      await dialog.getByRole('row', { name: 'SOON -1 3' }).waitFor();
      expect(await lookAt(page, 'lot-correction')).toEqual([]);
      await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
      await page.getByRole('row', { name: /CURD-1 SOON DAIRY .* 3 Mark as expired: SOON/ }).waitFor();

      await page.getByRole('button', { name: 'Mark as expired: SOON' }).click();
      await dialog.getByLabel('Units').fill('1');
      await dialog.getByRole('button', { name: 'Mark as expired', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await eventually(
        async () => (await api.get('/api/products/CURD-1/inventory-levels')).body as { totalAvailable?: number },
        ({ totalAvailable }) => totalAvailable === 2,
      );
    });
  });
}
