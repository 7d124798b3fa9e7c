import { readFileSync } from 'node:fs';
import { Api } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function transfers(around: Around): void {
  describe('transfers', () => {
    it('are written down, shipped, received in parts, and the rest is sent back', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/locations', { locationId: 'HAM', name: 'Hamburg store', kind: 'store', priority: 20 });
      await api.post('/api/inventory/record-stock', { sku: 'CRATE-1', locationId: 'BER', quantity: 9 });
      const page = await signedIn(around, key, '/app/transfers');
      await page.getByRole('button', { name: 'New transfer' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('From', { exact: true }).selectOption('BER');
      await dialog.getByLabel('To', { exact: true }).selectOption('HAM');
      await dialog.getByLabel('SKU 1').fill('CRATE-1');
      await dialog.getByLabel('Units 1').fill('0');
      await dialog.getByLabel('Reference').fill('PO-77');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.locator('[name="lines[0].quantity"][aria-invalid=true]').waitFor();
      expect(await lookAt(page, 'transfer-new')).toEqual([]);
      await dialog.getByLabel('Units 1').fill('6');
      await dialog.getByRole('button', { name: 'Create' }).click();

      await page.getByRole('heading', { level: 1, name: 'Transfer PO-77' }).waitFor();
      await page.getByRole('button', { name: 'Ship' }).click();
      await page.getByRole('status').getByText('on the way').waitFor();
      for (const [arrived, left] of [
        ['2', '4'],
        ['1', '3'],
      ] as const) {
        await page.getByLabel('CRATE-1', { exact: true }).fill(arrived);
        await page.getByRole('button', { name: 'Receive' }).click();
        await page.getByText(`of ${left} on the way`).waitFor();
      }
      expect(await lookAt(page, 'transfer')).toEqual([]);
      await page.getByRole('button', { name: 'Send the rest back' }).click();
      await page.getByRole('status').getByText('cancelled').waitFor();
      expect(await page.getByRole('row', { name: /CRATE-1/ }).textContent()).toBe('CRATE-16033');
    });

    it('take rejected and surplus units, and are closed with what never came', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      const create = async (quantity: number): Promise<string> => {
        const body = { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku: 'CRATE-2', quantity }] };
        const { id } = (await api.post('/api/inventory/transfers', body)).body as { readonly id: string };
        await api.post(`/api/inventory/transfers/${id}`, { action: 'ship' });
        return id;
      };
      await api.post('/api/inventory/record-stock', { sku: 'CRATE-2', locationId: 'BER', quantity: 20 });
      const page = await signedIn(around, key, `/app/transfers/${await create(10)}`);
      await page.getByLabel('CRATE-2', { exact: true }).fill('9');
      await page.getByLabel('Rejected of CRATE-2').fill('3');
      await page.getByText('CRATE-2: 2 more than on the way are booked as a surplus.').waitFor();
      expect(await lookAt(page, 'transfer-surplus')).toEqual([]);
      await page.getByRole('button', { name: 'Receive' }).click();
      await page.getByRole('status').getByText('received').waitFor();
      expect(await page.getByRole('row', { name: /CRATE-2/ }).textContent()).toBe('CRATE-210010032');

      await page.goto(new URL(`/app/transfers/${await create(4)}`, page.url()).href);
      await page.getByRole('button', { name: 'Close: the rest never came' }).click();
      await page.getByRole('dialog').getByText('4 units on the way leave the books').waitFor();
      await page.getByLabel('Reason').selectOption('damaged_in_transit');
      await page.getByRole('button', { name: 'Write off and close' }).click();
      await page.getByRole('status').getByText('closed').waitFor();
      await page.getByText('Damaged on the way').waitFor();
    });

    it('are listed for who may only read, without a way to change them', async () => {
      const page = await signedIn(around, await keyOf(around, { permissions: ['transfers.read'] }), '/app/transfers?status=cancelled');
      await page.getByRole('link', { name: 'PO-77' }).waitFor();
      expect(await page.getByRole('button', { name: 'New transfer' }).isDisabled()).toBe(true);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as CSV' }).click()]);
      const [head, row] = readFileSync(await file.path(), 'utf8').split('\r\n');
      expect([head, row]).toEqual([
        'Transfer,State,From,To,Lines,On the way,Received,Changed',
        expect.stringMatching(/^PO-77,✗ cancelled,BER,HAM,6 × CRATE-1,0,3,/),
      ]);
    });
  });
}
