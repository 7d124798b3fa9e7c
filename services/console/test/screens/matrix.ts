import { Api, eventually } from '@holdfast/testing';
import { keyOf, signedIn, tokenOf, type Around } from '../around.js';
import { lookAt } from '../browser.js';

const api = ({ holdfast }: Around): Api => new Api(holdfast().url, holdfast().key);

/** Locations, channels and a hundred SKUs to look at. */
export async function stocked(around: Around): Promise<void> {
  const { post, put } = boundTo(api(around));
  await post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
  await post('/api/locations', { locationId: 'HAM', name: 'Hamburg store', kind: 'store', priority: 20 });
  const policy = { bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 };
  const webhook = {
    url: 'http://127.0.0.1:9/',
    secret: `whsec_${Buffer.from('a secret of twenty-four bytes or more').toString('base64')}`,
  };
  const channel = { channelType: 'webhook', syncInventory: false, webhook };
  await put('/sales-channel/channels/webshop', { ...channel, name: 'Web shop', policy });
  const careful = { bufferUnits: 2, bufferPercent: 10, lowThreshold: 8, criticalThreshold: 1 };
  await put('/sales-channel/channels/market', { ...channel, name: 'Market place', policy: careful });
  const products = Array.from({ length: 100 }, (_, n) => ({ sku: `TENT-${String(n).padStart(3, '0')}`, name: `Tent for ${n + 1}` }));
  await post('/api/products/bulk', { products });
  const lines = products.flatMap(({ sku }, n) => [
    { sku, locationId: 'BER', quantity: n % 7 === 0 ? 0 : n },
    { sku, locationId: 'HAM', quantity: n % 5 },
  ]);
  await post('/v1/inventory/bulk', { lines });
}

function boundTo(client: Api): { post(path: string, body: object): Promise<void>; put(path: string, body: object): Promise<void> } {
  const must = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  };
  return { post: (path, body) => must(client.post(path, body)), put: (path, body) => must(client.put(path, body)) };
}

export function matrix(around: Around): void {
  describe('the matrix', () => {
    beforeAll(() => stocked(around));

    const open = async (address = '/app/matrix', key = around.holdfast().key) => {
      const page = await signedIn(around, key, address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    };
    const cell = (row: number, column: number): string => `#cell-${row}-${column}`;

    it('shows what each channel may promise, and a reservation as it happens', async () => {
      const page = await open('/app/matrix?q=TENT-050');
      await page.getByText('Live', { exact: true }).waitFor();
      const figure = page.locator(cell(0, 2));
      await eventually(
        () => figure.textContent(),
        (text) => text === '●50',
      );
      await api(around).post('/sales-channel/inventory/reserve', { items: [{ sku: 'TENT-050', quantity: 41 }], orderId: 'order-matrix' });
      await eventually(
        () => figure.textContent(),
        (text) => text === '◆9',
      );
      expect(await figure.getByRole('img').getAttribute('aria-label')).toBe('low');
    });

    it('waits while it is paused, says how much, and goes on', async () => {
      const page = await open('/app/matrix?q=TENT-051&by=location');
      const figure = page.locator(cell(0, 1));
      await eventually(
        () => figure.textContent(),
        (text) => text?.endsWith('51') === true,
      );
      await page.getByRole('button', { name: 'Pause' }).click();
      await api(around).post('/sales-channel/inventory/reserve', { items: [{ sku: 'TENT-051', quantity: 1 }], orderId: 'order-paused' });
      await page.getByText(/change(s)? wait/).waitFor();
      await page.getByText(/[1-9]\d* change(s)? wait/).waitFor();
      expect(await figure.textContent()).toBe('◑51');
      await page.getByRole('button', { name: 'Go on' }).click();
      await eventually(
        () => figure.textContent(),
        (text) => text === '◑50',
      );
    });

    it('is walked by keys, and left and found again as it was', async () => {
      const page = await open();
      await page.locator(cell(0, 1)).waitFor();
      const grid = page.getByRole('grid');
      await grid.focus();
      const last = Number(await grid.getAttribute('aria-rowcount')) - 2;
      await page.keyboard.press('Control+End');
      await page.locator(cell(last, 2)).waitFor();
      await page.keyboard.press('ArrowUp');
      expect(await grid.getAttribute('aria-activedescendant')).toBe(`cell-${last - 1}-2`);
      const scrolled = await grid.evaluate((element) => element.scrollTop);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/app\/sku\/TENT-098\?channel=webshop/);
      await page.getByText('The steps add up').waitFor();
      await page.goBack();
      await page.locator(cell(last - 1, 2)).waitFor();
      expect(await grid.evaluate((element) => element.scrollTop)).toBe(scrolled);
      expect(await grid.getAttribute('aria-activedescendant')).toBe(`cell-${last - 1}-2`);
    });

    it('keeps rows that were pinned first, also over another search', async () => {
      const page = await open('/app/matrix?q=TENT-05');
      await page.locator(cell(3, 0)).waitFor();
      await page.getByRole('grid').focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'p']) await page.keyboard.press(key);
      await page.getByRole('button', { name: 'Unpin TENT-052' }).waitFor();
      expect(await page.locator(cell(0, 0)).textContent()).toContain('★TENT-052');
      await page.getByLabel('Search SKU or name').fill('TENT-099');
      await page.locator(cell(1, 0)).getByText('TENT-099').waitFor();
      await page.getByRole('button', { name: 'Unpin TENT-052' }).click();
      await page.locator(cell(0, 0)).getByText('TENT-099').waitFor();
    });

    it('asks to sign in once the session has ended, goes on then, and shows another tenant nothing of the one before', async () => {
      const page = await open('/app/matrix?q=TENT-055');
      const figure = page.locator(cell(0, 2));
      await figure.getByText('55').waitFor();
      const end = () => page.context().request.delete('/v1/session', { headers: { 'sec-fetch-site': 'same-origin' } });
      const signInAgain = async (credential: string): Promise<void> => {
        await page.getByRole('dialog').getByLabel('Key or token').fill(credential);
        await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };
      await end();
      await signInAgain(around.holdfast().key);
      await api(around).post('/sales-channel/inventory/reserve', { items: [{ sku: 'TENT-055', quantity: 3 }], orderId: 'order-again' });
      await figure.getByText('52').waitFor();
      await end();
      await signInAgain(tokenOf('anna', 'another'));
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Stock, live' }).click();
      await page.getByRole('heading', { name: 'No stock yet' }).waitFor();
      expect(await page.content()).not.toContain('TENT-055');
    });

    it('is accessible in both themes', async () => {
      const page = await open();
      await page.locator(cell(0, 1)).waitFor();
      expect(await lookAt(page, 'matrix')).toEqual([]);
    });

    it('says which permission is missing, and who grants it', async () => {
      const key = await keyOf(around, { permissions: ['keys.read'] });
      const page = await signedIn(around, key, '/app/matrix');
      await page.getByText('inventory.read', { exact: true }).waitFor();
      expect(await lookAt(page, 'no-permission')).toEqual([]);
    });
  });
}
