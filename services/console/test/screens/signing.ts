import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@holdfast/testing';
import { lookAt } from '../browser.js';
import { signedIn, tokenOf, type Around } from '../around.js';

/** Signing in and out, and what everybody sees of the shell. */
export function signing(around: Around): void {
  describe('signing in', () => {
    it('takes a key, shows whose it is, and leaves no secret where a script could read it', async () => {
      const page = await around.browser().open();
      await page.goto('/');
      await page.getByLabel('Key or token').fill(around.holdfast().key);
      expect(await lookAt(page, 'sign-in')).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      expect(await page.getByRole('banner').textContent()).toContain('key_environment');
      expect(await lookAt(page, 'home')).toEqual([]);
      const readable = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
      );
      expect(readable).not.toContain(around.holdfast().key);
      expect(readable).not.toContain('holdfast-session');
    });

    it('says what is wrong with a key, beside its field', async () => {
      const page = await around.browser().open();
      await page.goto('/app');
      await page.getByLabel('Key or token').fill('hf_unknown');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('This API key is unknown or was revoked').waitFor();
      expect(await page.getByLabel('Key or token').getAttribute('aria-invalid')).toBe('true');
    });

    it('says that a link was used already', async () => {
      const page = await around.browser().open();
      await page.goto('/#code=used');
      await page.getByRole('alert').getByText('This link was used already').waitFor();
      expect(page.url()).not.toContain('used');
    });

    it('shows a newcomer commands for a terminal that work as they stand', async () => {
      const page = await signedIn(around, tokenOf('bert', 'newcomer'));
      const steps = page.getByRole('region', { name: 'First steps' }).locator('pre');
      // Its first location is there already.
      await steps.nth(3).waitFor();
      const commands = await steps.allTextContents();
      const folder = mkdtempSync(join(tmpdir(), 'holdfast-first-steps-'));
      const files = {
        locations: 'locationId,name\nMAIN,Main',
        products: 'sku,name\nTENT-2P,Tent',
        stock: 'sku,locationId,quantity\nTENT-2P,MAIN,5',
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.csv`), `${text}\n`);
      const env = { ...process.env, HOLDFAST_API_KEY: tokenOf('bert', 'newcomer') };
      const run = (command: string): string =>
        execFileSync('sh', ['-c', command.replaceAll(/^curl/gm, `curl -s -o answer.json -w '%{http_code}'`)], {
          cwd: folder,
          env,
          encoding: 'utf8',
        });
      await page.goto('/app/matrix');
      const stock = await page.locator('pre').textContent();
      for (const command of [...commands.slice(0, -1), stock ?? ''])
        expect([command, run(command)]).toEqual([command, expect.stringMatching(/^20\d$/)]);
      await eventually(
        () => Promise.resolve(run(commands.at(-1) ?? '')),
        (status) => status === '201',
      );
      rmSync(folder, { recursive: true });
    });

    it('ends with signing out', async () => {
      const page = await signedIn(around, around.holdfast().key);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('Key or token').waitFor();
    });
  });

  describe('the shell', () => {
    it.each([
      ['de-DE', 'Start'],
      ['pt-PT', 'Início'],
      ['fr-FR', 'Home'],
    ])('speaks the language of a browser in %s, or English', async (locale, title) => {
      const page = await signedIn(around, around.holdfast().key, '/app', locale);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    });

    it('is steered by keys, all of which a sheet names, and those without Ctrl can be switched off', async () => {
      const page = await signedIn(around, around.holdfast().key);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('m');
      await page.waitForURL(/\/app\/matrix/);
      await page.getByLabel('Search SKU or name').waitFor();
      await page.keyboard.press('/');
      expect(await page.getByLabel('Search SKU or name').evaluate((field) => field === document.activeElement)).toBe(true);
      await page.locator('#content').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await lookAt(page, 'keys-sheet')).toEqual([]);
      await page.getByRole('dialog').getByLabel('Keys without Ctrl').selectOption('off');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      for (const key of ['g', 'r', '?']) await page.keyboard.press(key);
      expect(page.url()).toContain('/app/matrix');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    });

    it('begins with a link that skips the menu, and needs no scrolling sideways at 320 px', async () => {
      const page = await signedIn(around, around.holdfast().key);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}
