import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, tokenOf, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function warehouse(around: Around): void {
  const onHand = async (sku: string): Promise<number | undefined> => {
    const { url, key } = around.holdfast();
    return ((await new Api(url, key).get(`/api/products/${sku}/inventory-levels`)).body as { totalOnHand?: number }).totalOnHand;
  };
  const stocked = async (sku: string, locationId: string, quantity: number): Promise<Api> => {
    const { url, key } = around.holdfast();
    const api = new Api(url, key);
    await api.post('/api/locations', { locationId, name: locationId, kind: 'warehouse', priority: 50 });
    await api.post('/api/inventory/record-stock', { sku, locationId, quantity });
    return api;
  };

  describe('adjustments', () => {
    it('take units out for a reason, line by line, and say what was short', async () => {
      await stocked('VASE-1', 'BER', 9);
      const page = await signedIn(around, around.holdfast().key, '/app/adjustments');
      await page.getByRole('button', { name: 'New adjustment' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Location').selectOption('BER');
      await dialog.getByLabel('Reason', { exact: true }).selectOption('damage');
      await dialog.getByLabel('SKU 1').fill('VASE-1');
      await dialog.getByLabel('Units 1').fill('2');
      await dialog.getByRole('button', { name: 'Add a line' }).click();
      await dialog.getByLabel('SKU 2').fill('VASE-1');
      await dialog.getByLabel('Units 2').fill('80');
      expect(await lookAt(page, 'adjustment-new')).toEqual([]);
      await dialog.getByRole('button', { name: 'Change' }).click();
      await page.getByRole('dialog', { name: 'Applied in part' }).waitFor();
      await page.getByText('✗ insufficient_stock').waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('row', { name: /VASE-1 BER -2 7 Damaged/ }).waitFor();
    });

    it('are not shown to who may not adjust', async () => {
      const page = await signedIn(around, await keyOf(around, { roles: ['storefront'] }), '/app/adjustments');
      await page.getByText('inventory.adjust', { exact: true }).waitFor();
    });
  });

  describe('cycle counts', () => {
    it('are planned, counted without figures, reviewed, and book what was missing', async () => {
      await stocked('ROPE-1', 'CELLAR', 50);
      const page = await signedIn(around, around.holdfast().key, '/app/counts');
      await page.getByRole('button', { name: 'New count' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Location').selectOption('CELLAR');
      await dialog.getByLabel('Name').fill('Cellar');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { level: 1, name: 'Count Cellar' }).waitFor();
      await page.getByLabel('ROPE-1').fill('30');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('1 of 1 lines counted').waitFor();
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByText('to be counted again, by another person').waitFor();

      const path = new URL(page.url()).pathname;
      const other = await signedIn(around, tokenOf('second-counter'), path);
      await other.getByLabel('ROPE-1').fill('30');
      await other.getByRole('button', { name: 'Record' }).click();
      await other.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('status').getByText('in review').waitFor();
      const foreman = await signedIn(around, tokenOf('foreman'), path);
      await foreman.getByLabel('Decision on ROPE-1').selectOption('accept');
      expect(await lookAt(foreman, 'count-review')).toEqual([]);
      await foreman.getByRole('button', { name: 'Carry out the decisions' }).click();
      await page.getByRole('status').getByText('resolved').waitFor();
      await eventually(
        () => onHand('ROPE-1'),
        (units) => units === 30,
      );
      await page.goto('/app/counts');
      await page.getByRole('link', { name: 'Cellar' }).waitFor();
    });
  });
}
