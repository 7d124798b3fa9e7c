import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';
import { startShop, type Shop } from '../shop.js';

export function channels(around: Around): void {
  describe('channels', () => {
    let shop: Shop;
    let api: Api;
    const conflicts = async (): Promise<number> => {
      const { body } = await api.get('/sales-channel/sync/history?operation=inventory_conflict&channelId=boutique');
      return (body as { history: unknown[] }).history.length;
    };

    beforeAll(async () => {
      shop = await startShop(['BER']);
      shop.addListings([
        { sku: 'BOOT-1', title: 'Boot', quantity: 0 },
        { sku: 'NOBODY-KNOWS', title: 'A thing of theirs', quantity: 3 },
      ]);
      const { url, key } = around.holdfast();
      api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.post('/api/inventory/record-stock', { sku: 'BOOT-1', locationId: 'BER', quantity: 9 });
    });
    afterAll(() => shop.close());

    it('are connected, tested, and find their listings; what matched is mapped', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/channels');
      await page.getByRole('button', { name: 'Connect a channel' }).click();
      await page.getByLabel('Id', { exact: true }).fill('boutique');
      await page.getByLabel('Name', { exact: true }).fill('Boutique');
      await page.getByLabel('Kind').selectOption('shopify');
      await page.getByLabel('Settings').fill(JSON.stringify(shop.account.settings));
      await page.getByLabel('Credentials').fill(JSON.stringify(shop.account.credentials));
      const places = shop.account.locations ?? [];
      await page.getByLabel('Locations there').fill(places.map(({ locationId, remoteId }) => `${locationId} = ${remoteId}`).join('\n'));
      expect(await lookAt(page, 'channel-connect')).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Connect a channel' }).click();
      await page.getByRole('heading', { level: 1, name: 'Boutique' }).waitFor();
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByRole('status', { name: 'What the test found' }).getByText('reachable').waitFor();
      await page.getByLabel('Buffer (units)').fill('2');
      await page.getByLabel('Where both figures differ').selectOption('manual');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      expect(await lookAt(page, 'channel')).toEqual([]);

      await page.getByRole('link', { name: 'Discovery' }).click();
      await page.getByRole('button', { name: 'Read the listings' }).click();
      await page.getByRole('cell', { name: 'by SKU' }).waitFor();
      expect(await lookAt(page, 'channel-discovery')).toEqual([]);
      await page.getByRole('button', { name: 'Accept what matched' }).click();
      await page.getByText('1 listing mapped').waitFor();

      await page.getByRole('link', { name: 'Mappings' }).click();
      await page.getByRole('link', { name: 'BOOT-1' }).waitFor();
      expect(await lookAt(page, 'channel-mappings')).toEqual([]);
      await eventually(
        () => Promise.resolve(shop.listings().find(({ sku }) => sku === 'BOOT-1')?.quantity),
        (quantity) => quantity === 7,
      );
    });

    it('show a conflict that waits for a person, who decides it', async () => {
      const listingId = shop.listings().find(({ sku }) => sku === 'BOOT-1')?.listingId ?? '';
      shop.edit(listingId, 4);
      await eventually(
        async () => {
          await api.post('/sales-channel/channels/boutique/reconcile');
          return conflicts();
        },
        (count) => count > 0,
      );
      const page = await signedIn(around, around.holdfast().key, '/app/drift?channel=boutique');
      await page.getByRole('button', { name: 'Ours (7): BOOT-1' }).waitFor();
      expect(await lookAt(page, 'drift')).toEqual([]);
      await page.getByRole('button', { name: 'Ours (7): BOOT-1' }).click();
      await page.getByText('No conflict waits for a person.').waitFor();
      await eventually(
        () => Promise.resolve(shop.listings().find(({ sku }) => sku === 'BOOT-1')?.quantity),
        (quantity) => quantity === 7,
      );

      await page.goto('/app/history?channel=boutique');
      await page.getByRole('cell', { name: 'conflict', exact: true }).first().waitFor();
      expect(await lookAt(page, 'history')).toEqual([]);
    });

    it('are listed on a small window, and not at all for who may not see them', async () => {
      const reader = await signedIn(around, await keyOf(around, { roles: ['analyst'] }), '/app/channels');
      await reader.getByRole('link', { name: 'Boutique' }).waitFor();
      expect(await reader.getByRole('button', { name: 'Connect a channel' }).count()).toBe(0);
      await reader.setViewportSize({ width: 320, height: 640 });
      expect(await lookAt(reader, 'channels-320')).toEqual([]);
      expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

      const other = await signedIn(around, await keyOf(around, { permissions: ['inventory.read'] }), '/app/channels');
      await other.getByText('channels.read', { exact: true }).waitFor();
    });
  });
}
