import { Api } from '@holdfast/testing';
import { keyOf, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function keys(around: Around): void {
  describe('keys', () => {
    it('are made, shown once, and revoked', async () => {
      const { url, key } = around.holdfast();
      const page = await signedIn(around, key, '/app/keys');
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByLabel('Name').fill('Of the till');
      await page.getByLabel('Role').selectOption('storefront');
      expect(await lookAt(page, 'key-make')).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
      const made = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
      expect(await lookAt(page, 'key-made')).toEqual([]);
      expect(await new Api(url, made).get('/v1/session')).toMatchObject({ status: 200 });
      await page.getByRole('button', { name: 'I have kept it' }).click();
      expect(await page.content()).not.toContain(made);
      expect(await lookAt(page, 'keys')).toEqual([]);

      await page.getByRole('button', { name: 'Revoke Of the till' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.getByText('Of the till').count()).toBe(0);
      expect(await new Api(url, made).get('/v1/session')).toMatchObject({ status: 401 });
    });

    it('are used by programs: calls to copy name a SKU of the tenant', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/developers');
      const call = page.getByRole('region', { name: 'A first call' }).locator('pre');
      // Until the answer is there, the call names a SKU that nobody has.
      await call.getByText(/inventory\/(?!TENT-2P)/).waitFor();
      const own = /inventory\/([^/]+)\/explain/.exec((await call.textContent()) ?? '')?.[1] ?? '';
      expect(await new Api(around.holdfast().url, around.holdfast().key).get(`/v1/inventory/${own}/explain`)).toMatchObject({
        status: 200,
      });
      await page.getByLabel('With', { exact: true }).selectOption('client');
      await call.getByText('new Holdfast').waitFor();
      expect(await lookAt(page, 'developers')).toEqual([]);
    });

    it('name what is wrong with a permission, and are hidden from who may not see them', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/keys');
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByLabel('Name').fill('Too much');
      await page.getByLabel('Permissions').fill('nonsense');
      await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
      await page.locator('[name=permissions][aria-invalid=true]').waitFor();

      const other = await signedIn(around, await keyOf(around, { roles: ['analyst'] }), '/app/keys');
      await other.getByText('keys.read', { exact: true }).waitFor();
    });
  });
}
