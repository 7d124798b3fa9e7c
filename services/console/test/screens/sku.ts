import { Api, eventually } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function sku(around: Around): void {
  describe('the page of a SKU', () => {
    const SKU = 'LAMP-1';

    beforeAll(async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      const counted = { sku: SKU, locationId: 'BER', quantity: 60, reasonCode: 'count' };
      for (const answer of [
        await api.post('/api/products', { sku: SKU, name: 'Desk lamp' }),
        await api.post('/api/inventory/record-stock', { ...counted, effectiveAt: new Date(Date.now() - 3_600_000).toISOString() }),
        await api.post('/api/inventory/adjust', { sku: SKU, locationId: 'BER', delta: 5, reasonCode: 'found' }),
        await api.post('/sales-channel/inventory/reserve', {
          items: [{ sku: SKU, quantity: 7 }],
          orderId: 'order-lamp',
          channelId: 'webshop',
        }),
      ])
        if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    });

    const open = async (path: string, locale = 'en-US') => {
      const page = await signedIn(around, around.holdfast().key, `/app/sku/${SKU}${path}`, locale);
      await page.getByRole('heading', { level: 1, name: SKU }).waitFor();
      return page;
    };

    it('explains a figure by steps that add up, with the events behind them', async () => {
      const page = await open('?channel=market');
      await page.getByText('The steps add up').waitFor();
      const figure = await page.locator('[class*="units"]').textContent();
      const steps = await page.getByRole('rowheader').allTextContents();
      expect(steps).toEqual(['Counted', 'Adjusted', 'Reserved', 'Buffer in per cent', 'Buffer in units']);
      expect(figure).toBe('50');
      expect(await page.getByRole('table').textContent()).toContain('order-lamp');
      expect(await lookAt(page, 'explain')).toEqual([]);
      await page.getByLabel('Figure', { exact: true }).selectOption({ label: 'Available' });
      await eventually(
        () => page.locator('[class*="units"]').first().textContent(),
        (text) => text === '58',
      );
    });

    it('shows what happened in three densities, and all that belongs to an order', async () => {
      const page = await open('/timeline');
      await page.getByText('Reservation placed').waitFor();
      expect(await page.getByRole('row').count()).toBeGreaterThan(3);
      await page.getByRole('link', { name: 'order-lamp' }).click();
      await page.waitForURL(/correlation=order-lamp/);
      await eventually(
        () => page.getByRole('row').count(),
        (rows) => rows === 2,
      );
      await page.getByLabel('Density').selectOption('JSON');
      await page.locator('pre').first().waitFor();
      expect(await page.locator('pre').first().textContent()).toContain('"takes"');
      expect(await lookAt(page, 'timeline')).toEqual([]);
    });

    it('shows the stock as it was, and as it was known', async () => {
      const page = await open(`/time?at=${encodeURIComponent(new Date(Date.now() - 1_800_000).toISOString())}`);
      await page.getByText('1 fact became known later').waitFor();
      const cells = await page.getByRole('row').nth(1).getByRole('cell').allTextContents();
      // Sixty lay there half an hour ago, which nobody knew then.
      expect(cells.slice(0, 3)).toEqual(['60', '0', '+60']);
      expect(await lookAt(page, 'time-travel')).toEqual([]);
      await page.getByRole('button', { name: 'Go to now' }).click();
      await page.getByText('Nothing about that time became known later').waitFor();
    });

    it('shows where its units lie, and how on hand came to be what it is', async () => {
      const page = await open('/positions');
      await page.getByRole('row', { name: /BER – – – 65 7 0/ }).waitFor();
      expect(await lookAt(page, 'positions')).toEqual([]);
      await page.getByRole('link', { name: 'Timeline' }).click();
      await page.getByText(/at least 0, at most 65, now 65/).waitFor();
      await page.getByText('As a table').click();
      await page.getByRole('row', { name: /60$/ }).waitFor();
    });

    it('is found by Ctrl+K and a part of its name', async () => {
      const page = await signedIn(around, around.holdfast().key);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('desk la');
      await page.getByRole('option', { name: /LAMP-1.*Desk lamp/ }).waitFor();
      expect(await lookAt(page, 'palette')).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/app\/sku\/LAMP-1/);
    });

    it('says that it does not know a SKU', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/sku/NOBODY');
      await page.getByText('unknown_sku').waitFor();
    });

    it('is written in German with German figures and dates', async () => {
      const page = await open('', 'de-DE');
      await page.getByText('Die Schritte ergeben die Zahl').waitFor();
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}
