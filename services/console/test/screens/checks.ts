import type { Around } from '../around.js';
import { lookAt } from '../browser.js';

/** A check that finds nothing proves something only where it would have found it. */
export function checks(around: Around): void {
  it('a fault of accessibility, of contrast and of the content security policy is found', async () => {
    const page = await around.browser().open();
    await page.goto('/');
    await page.getByLabel('Key or token').waitFor();
    await page.evaluate(() => {
      const [image, text] = [document.createElement('img'), document.createElement('p')];
      image.src = '/app/icon.svg';
      text.textContent = 'hardly there';
      text.style.color = 'oklch(88% 0.01 170)';
      text.style.background = 'oklch(95% 0.01 170)';
      document.querySelector('main')?.append(image, text);
    });
    const found = await lookAt(page, 'planted-faults');
    expect(found.filter((fault) => fault.includes('img_alt'))).not.toEqual([]);
    expect(found.filter((fault) => fault.includes('hardly there'))).not.toEqual([]);

    const before = around.browser().faults.length;
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await page.waitForTimeout(0);
    expect(around.browser().faults.slice(before)).toEqual([expect.stringContaining('Content Security Policy')]);
    around.browser().forget(before);
  });
}
