import { Api, eventually } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function analytics(around: Around): void {
  describe('analytics', () => {
    it('shows what a period comes to, with a table behind each bar, by location', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      for (const [locationId, name] of [
        ['OSL', 'Oslo warehouse'],
        ['RIO', 'Rio warehouse'],
      ]) {
        await api.post('/api/locations', { locationId, name, kind: 'warehouse', priority: 90 });
      }
      await api.post('/api/products', { sku: 'SKI-1', name: 'Ski', category: 'Winter', costMinor: 25_000 });
      await api.post('/api/products', { sku: 'SUN-1', name: 'Parasol', category: 'Summer', costMinor: 2_500 });
      await api.post('/api/inventory/record-stock', { sku: 'SKI-1', locationId: 'OSL', quantity: 3 });
      await api.post('/api/inventory/record-stock', { sku: 'SUN-1', locationId: 'OSL', quantity: 10 });
      await api.post('/api/inventory/record-stock', { sku: 'SUN-1', locationId: 'RIO', quantity: 40 });
      for (const [location, worth] of [
        ['OSL', 1_000],
        ['RIO', 1_000],
      ]) {
        await eventually(
          () => api.get(`/api/inventory/analytics?locationId=${String(location)}`),
          ({ body }) => (body as { readonly analytics: { readonly totalValue: number } }).analytics.totalValue === worth,
        );
      }
      const page = await signedIn(around, key, '/app/analytics?location=OSL');
      await page.getByRole('row', { name: 'Winter 750.00 75% 3 23.1%' }).waitFor();
      await page.getByRole('row', { name: 'Summer 250.00 25% 10 76.9%' }).waitFor();
      await page.getByText('1,000.00').first().waitFor();
      expect(await lookAt(page, 'analytics')).toEqual([]);
      await page.getByLabel('Location').selectOption('RIO');
      await page.getByRole('row', { name: 'Summer 1,000.00 100% 40 100%' }).waitFor();
      await page.getByLabel('To').fill('2020-01-31');
      await page.getByLabel('From').fill('2020-01-01');
      await page.getByText('Nothing on hand').waitFor();
      await page.getByRole('heading', { name: 'Jan 1, 2020 to Jan 31, 2020' }).waitFor();
    });
  });
}
