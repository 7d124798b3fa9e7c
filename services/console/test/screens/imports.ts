import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function imports(around: Around): void {
  describe('imports', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'holdfast-console-files-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const file = (name: string, lines: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, `${lines.join('\n')}\n`);
      return path;
    };
    const onHand = async (sku: string): Promise<number> => {
      const { url, key } = around.holdfast();
      const { body } = await new Api(url, key).get(`/api/products/${sku}/inventory-levels`);
      return (body as { totalOnHand: number }).totalOnHand;
    };
    const figures = (sku: string, wanted: number) =>
      eventually(
        () => onHand(sku),
        (units) => units === wanted,
      );

    it('shows what a file would change, carries it out, and takes exactly that back', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/imports');
      await page.getByRole('heading', { level: 1, name: 'Imports' }).waitFor();
      const lines = ['sku,locationId,quantity', 'FILE-1,BER,11', 'FILE-2,BER,22', 'FILE-3,NOWHERE,33'];
      await page.getByLabel('CSV file').setInputFiles(file('stock.csv', lines));
      await page.getByRole('button', { name: 'See what would change' }).click();

      await page.getByText('Dry run').waitFor();
      await page.getByText('there is no location NOWHERE').waitFor();
      expect(await page.locator('dl').textContent()).toBe('Lines3Would change2Same0Failed1');
      expect(await lookAt(page, 'import-dry-run')).toEqual([]);

      await page.getByRole('button', { name: 'Change 2 lines' }).click();
      await page.getByRole('button', { name: 'Undo this import' }).waitFor();
      expect(await page.locator('dl').textContent()).toBe('Lines3Changed2Same0Failed1');
      await figures('FILE-2', 22);

      const { url, key } = around.holdfast();
      await new Api(url, key).post('/api/inventory/adjust', { sku: 'FILE-2', locationId: 'BER', delta: 5, reasonCode: 'found' });
      await page.getByRole('button', { name: 'Undo this import' }).click();
      expect(await lookAt(page, 'import-undo')).toEqual([]);
      await page.getByRole('button', { name: 'Undo now' }).click();
      await page.getByRole('link', { name: 'The import that this undoes' }).waitFor();
      await figures('FILE-1', 0);
      await figures('FILE-2', 5);
    });

    it('says what is wrong with a file as a whole', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/imports');
      await page.getByLabel('CSV file').setInputFiles(file('broken.csv', ['sku,colour', 'FILE-9,red']));
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(/column/i);
    });

    it('are listed, and named as not allowed to who may only read', async () => {
      const page = await signedIn(around, await keyOf(around, { roles: ['analyst'] }), '/app/imports');
      await page.getByText('inventory.write', { exact: true }).waitFor();
      await page
        .getByRole('link', { name: /20\d\d/ })
        .first()
        .waitFor();
      expect(await lookAt(page, 'imports')).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}
