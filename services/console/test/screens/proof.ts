import { Api } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function proof(around: Around): void {
  describe('proof', () => {
    const sku = 'PROVEN-1';
    beforeAll(async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/inventory/record-stock', { sku, locationId: 'BER', quantity: 5 });
      for (const orderId of ['proof-1', 'proof-2'])
        await api.post('/sales-channel/inventory/reserve', { orderId, items: [{ sku, quantity: 2 }] });
    });

    it('is checked by the browser itself, which tells a false certificate from a true one', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/proof');
      await page.getByLabel('SKU').fill(sku);
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText(/^✓ True: \d+ steps, 2 promises, none oversold/).waitFor();
      await page.getByText('Everybody was served in the order in which they asked.').waitFor();
      expect(await lookAt(page, 'proof')).toEqual([]);

      await page.route('**/certificate', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('"onHand":5', '"onHand":50') });
      });
      await page.reload();
      await page.getByRole('alert').getByText('Not true:').waitFor();
      expect(await lookAt(page, 'proof-false')).toEqual([]);
    });
  });
}
