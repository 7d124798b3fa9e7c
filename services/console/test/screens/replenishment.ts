import { Api } from '@holdfast/testing';
import { signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function replenishment(around: Around): void {
  describe('replenishment', () => {
    it('suggests by a rule with its figures, and orders what is approved', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/locations', { locationId: 'HAM', name: 'Hamburg store', kind: 'store', priority: 20 });
      await api.post('/api/inventory/record-stock', { sku: 'CUP-1', locationId: 'BER', quantity: 100 });
      await api.post('/api/inventory/record-stock', { sku: 'CUP-1', locationId: 'HAM', quantity: 2 });
      const page = await signedIn(around, key, '/app/replenishment/rules');
      await page.getByRole('button', { name: 'New rule' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('SKU').fill('CUP-1');
      await dialog.getByLabel('Location').selectOption('HAM');
      await dialog.getByLabel('What a need becomes').selectOption('suggest');
      await dialog.getByLabel('Minimum', { exact: true }).fill('5');
      await dialog.getByLabel('Maximum', { exact: true }).fill('20');
      await dialog.getByLabel('Pack size').fill('6');
      await dialog.getByLabel('From').selectOption('BER');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM minimum and maximum suggested when asked for 5 20 – 0 transfer BER/ }).waitFor();

      await page.getByRole('link', { name: 'Suggestions and orders' }).click();
      await page.getByRole('button', { name: 'Compute now' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM \? suggested 18 transfer BER 2 20/ }).waitFor();
      await page.getByRole('button', { name: 'Decide on CUP-1' }).click();
      await dialog.getByText('= 2').waitFor();
      expect(await lookAt(page, 'replenishment-order')).toEqual([]);
      await dialog.getByLabel('Units to order').fill('12');
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('row', { name: /CUP-1 HAM (✓ approved|ordered) 12 transfer BER/ }).waitFor();
    });

    it('shows proposed moves with what they change, and approves one', async () => {
      const { key } = around.holdfast();
      const page = await signedIn(around, key, '/app/replenishment');
      // Proposals rest on days of use, which no test waits for.
      const decided: unknown[] = [];
      await page.route('**/v1/inventory/rebalancing/proposals*', async (route) => {
        if (route.request().method() === 'POST') decided.push(route.request().postDataJSON());
        const proposals = [proposal(decided.length === 0 ? {} : { status: 'ordered', transferId: 'tr_9' })];
        await route.fulfill({ json: { proposals, pagination: { page: 1, pageSize: 50, total: 1, totalPages: 1 } } });
      });
      await page.getByRole('link', { name: 'Rebalancing' }).click();
      await page.getByRole('row', { name: /CUP-1 BER HAM 52 stock lasts for few days 50 → 24 1 → 14 8.2 proposed/ }).waitFor();
      expect(await lookAt(page, 'rebalancing')).toEqual([]);
      await page.getByRole('button', { name: 'Approve the move of CUP-1' }).click();
      await page.getByRole('row', { name: /has a transfer Transfer/ }).waitFor();
      expect(decided).toEqual([{ id: 'rb_1', action: 'approve' }]);
    });

    it('takes a policy with its ways, and another in its place', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/replenishment/policies');
      const dialog = page.getByRole('dialog');
      await page.getByText('No policy').waitFor();
      await page.getByRole('button', { name: 'New policy' }).click();
      await dialog.getByLabel('Id').fill('north');
      await dialog.getByLabel('Proposals are').selectOption('dry_run');
      await dialog.getByLabel('Cost per unit').first().fill('0.25');
      expect(await lookAt(page, 'policy')).toEqual([]);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /north shown only .* 3 to 14 days 5,000/ }).waitFor();
      await page.getByRole('button', { name: 'Change north' }).click();
      await dialog.getByLabel('Up to days of cover').fill('21');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /north shown only .* 3 to 21 days 5,000/ }).waitFor();
    });
  });
}

const proposal = (changes: object) => ({
  id: 'rb_1',
  policyId: 'germany',
  status: 'proposed',
  sku: 'CUP-1',
  productMasterId: 'CUP-1',
  fromLocationId: 'BER',
  toLocationId: 'HAM',
  quantity: 52,
  because: {
    code: 'low_cover',
    source: { dailyUse: 2, coverBefore: 50, coverAfter: 24, reorderPoint: 0, availableBefore: 100, availableAfter: 48 },
    destination: { dailyUse: 4, coverBefore: 1, coverAfter: 14, positionBefore: 4, positionAfter: 56 },
    networkCoverDays: 17.33,
    need: 52,
    spare: 72,
    laneDays: 2,
    costMinor: 820,
  },
  transferId: null,
  decidedBy: null,
  reason: null,
  version: 1,
  createdAt: '2026-07-01T02:00:00.000Z',
  updatedAt: '2026-07-01T02:00:00.000Z',
  ...changes,
});
