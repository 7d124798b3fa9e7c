import { lookAt } from '../browser.js';
import { signedIn, type Around } from '../around.js';

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
