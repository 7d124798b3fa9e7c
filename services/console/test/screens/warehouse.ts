import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, tokenOf, type Around } from '../around.js';
import { lookAt } from '../browser.js';

interface Counted {
  readonly lines: readonly { readonly sku: string; readonly entries: readonly { readonly quantity: number }[] }[];
}

interface Adjusted {
  readonly adjustments: readonly { readonly delta: number }[];
}

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

    it('are taken back by a counter-adjustment that names them', async () => {
      const api = await stocked('VASE-2', 'BER', 9);
      await api.post('/api/inventory/adjust', { sku: 'VASE-2', locationId: 'BER', delta: -4, reasonCode: 'damage' });
      await eventually(
        async () => ((await api.get('/api/inventory/adjustments?sku=VASE-2')).body as Adjusted).adjustments,
        (rows) => rows.some(({ delta }) => delta === -4),
      );
      const page = await signedIn(around, around.holdfast().key, '/app/adjustments?sku=VASE-2');
      await page.getByRole('button', { name: 'Undo -4 of VASE-2' }).click();
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await page.getByRole('status').getByText('Taken back by a counter-adjustment').waitFor();
      await page.getByRole('row', { name: /VASE-2 BER \+4 9 Correction/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Undo -4 of VASE-2' }).count()).toBe(0);
      expect(await lookAt(page, 'adjustment-undone')).toEqual([]);

      await page.getByText('Columns', { exact: true }).click();
      await page.getByRole('checkbox', { name: 'Reason' }).uncheck();
      await page.getByRole('columnheader', { name: 'Reason' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Save view' }).click();
      await page.getByLabel('Name of the view').fill('Vases');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      const address = page.url();
      await page.goto('/app/adjustments');
      await page.getByLabel('Saved view').selectOption('Vases');
      await page.waitForURL((url) => url.href === address);
      await page.getByRole('row', { name: /VASE-2 BER \+4 9/ }).waitFor();
      expect(await page.getByRole('columnheader', { name: 'Reason' }).count()).toBe(0);
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

    it('are made with a hand scanner while there is no net, and sent once, later', async () => {
      const api = await stocked('ROPE-2', 'LOFT', 5);
      await stocked('ROPE-3', 'LOFT', 2);
      const { body } = await api.post('/api/inventory/cycle-count', {
        locationId: 'LOFT',
        name: 'Loft',
        lines: [{ sku: 'ROPE-2' }, { sku: 'ROPE-3' }],
      });
      const { id } = (body as { batch: { id: string } }).batch;
      const counted = async (): Promise<readonly (readonly [string, ...number[]])[]> =>
        ((await api.get(`/api/inventory/cycle-count/${id}`)).body as Counted).lines.map(({ sku, entries }) => [
          sku,
          ...entries.map(({ quantity }) => quantity),
        ]);
      const page = await signedIn(around, around.holdfast().key, `/app/counts/${id}/scan`);
      await page.setViewportSize({ width: 320, height: 640 });
      const field = page.getByLabel('Barcode, SKU or lot');
      await field.waitFor();
      const scan = async (code: string): Promise<void> => {
        await field.focus();
        await page.keyboard.type(`${code}\n`);
      };
      const { faults, forget } = around.browser();
      const before = faults.length;
      await page.context().setOffline(true);
      await page.getByText('No net').waitFor();
      for (const code of ['ROPE-2', 'ROPE-2', 'ROPE-2', 'ROPE-9']) await scan(code);
      await page.getByText('No line of this count has this code').waitFor();
      await page.getByText('3 × ROPE-2').waitFor();
      await scan('ROPE-3');
      await page.getByText('1 count waits').waitFor();
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('2 counts wait').waitFor();
      expect(await lookAt(page, 'count-scan')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

      // The first answer is lost on the way: the same count is sent again under its key.
      let lost = 0;
      await page.route(`**/api/inventory/cycle-count/${id}`, async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return await route.continue();
        lost += 1;
        await route.fetch();
        return await route.abort();
      });
      await page.context().setOffline(false);
      await page.getByText('everything is sent').waitFor();
      expect(lost).toBe(1);
      expect((await counted()).toSorted()).toEqual([
        ['ROPE-2', 3],
        ['ROPE-3', 1],
      ]);
      // The browser calls each request that met no net an error.
      expect(faults.slice(before).filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
      forget(before);
    });
  });
}
