import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function reservations(around: Around): void {
  describe('reservations', () => {
    const SKU = 'CHAIR-1';

    beforeAll(async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      const items = [{ sku: SKU, quantity: 2 }];
      for (const answer of [
        await api.post('/api/inventory/record-stock', { sku: SKU, locationId: 'BER', quantity: 9, reasonCode: 'count' }),
        await api.post('/sales-channel/inventory/reserve', { items, orderId: 'order-chair-1', ttl: 600 }),
        await api.post('/sales-channel/inventory/reserve', { items, orderId: 'order-chair-2', ttl: 600 }),
      ])
        if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    });

    it('are made from the page of a SKU, say where they come from, and change the figure', async () => {
      const page = await signedIn(around, around.holdfast().key, `/app/sku/${SKU}`);
      await page.getByRole('button', { name: 'Reserve', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Units').fill('100');
      await dialog.getByRole('button', { name: 'Reserve' }).click();
      await dialog.getByText('Not enough stock').waitFor();
      expect(await lookAt(page, 'reserve')).toEqual([]);
      await dialog.getByLabel('Units').fill('3');
      await dialog.getByLabel('Order').fill('order-chair-3');
      await dialog.getByRole('button', { name: 'Reserve' }).click();
      await page.getByText(/Reserved as .* from BER/).waitFor();
      await eventually(
        () => page.locator('[class*="units"]').first().textContent(),
        (text) => text === '2',
      );
      await page.getByRole('link', { name: 'Show its event' }).click();
      await page.waitForURL(/correlation=order-chair-3/);
      await page.getByRole('row', { name: /Reservation placed/ }).waitFor();
    });

    it('are listed with the time they have left, and found by state and order', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/reservations?sku=CHAIR-1');
      await page.getByRole('link', { name: 'order-chair-1' }).waitFor();
      expect(await page.getByRole('row', { name: /order-chair-1/ }).textContent()).toMatch(/held.*in \d+ minutes.*2 × CHAIR-1/);
      expect(await lookAt(page, 'reservations')).toEqual([]);
      await page.getByLabel('State').selectOption('expired');
      await page.getByText('No match').waitFor();
    });

    it('are committed, and released', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/reservations?order=order-chair-1');
      await page.getByRole('link', { name: 'order-chair-1' }).click();
      await page.getByRole('button', { name: 'Commit' }).waitFor();
      expect(await lookAt(page, 'reservation')).toEqual([]);
      await page.getByRole('button', { name: 'Commit' }).click();
      await page.getByRole('status').getByText('committed').waitFor();
      expect(await page.getByRole('button', { name: 'Release' }).count()).toBe(0);
      await page.goto('/app/reservations?order=order-chair-2');
      await page.getByRole('link', { name: 'order-chair-2' }).click();
      await page.getByRole('button', { name: 'Release' }).click();
      await page.getByRole('status').getByText('released').waitFor();
    });

    it('cannot be changed by who may only read, and says why', async () => {
      const key = await keyOf(around, { roles: ['analyst'] });
      const page = await signedIn(around, key, '/app/reservations?order=order-chair-3');
      await page.getByRole('link', { name: 'order-chair-3' }).click();
      await page.getByText('reservations.write', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Commit' }).isDisabled()).toBe(true);
    });
  });
}
