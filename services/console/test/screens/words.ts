import type { Page } from 'playwright-core';
import { MENU } from '../access/screens.js';
import { signedIn, type Around } from '../around.js';

/** What says what something is; figures, ids and names of the tenant stand elsewhere. */
const NAMES = 'h1, h2, label, legend, button, nav a, thead th, dt';

/** Texts that lack a mark at an end: in no catalogue where both are missing, cut where they do not fit. */
const badWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate((names) => {
    const same = new Set(['SKU', 'ATP', 'Holdfast', '']);
    return [...document.querySelectorAll<HTMLElement>(names)].flatMap((element) => {
      const text = element.innerText.trim();
      const isShown = element.checkVisibility() && getComputedStyle(element).clipPath === 'none';
      if (!isShown || same.has(text) || !/\p{Letter}{2}/u.test(text) || element.closest('[translate=no]') !== null) return [];
      const isCut = getComputedStyle(element).overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
      return isCut ? [`cut: ${text}`] : text.includes('⟦') && text.includes('⟧') ? [] : [`in no catalogue: ${text}`];
    });
  }, NAMES);

/** The innermost of what makes the page wider than the window. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const isOver = (element: Element): boolean => element.getBoundingClientRect().right > root.clientWidth;
    return [...document.querySelectorAll('main *')]
      .filter((element) => isOver(element) && ![...element.children].some(isOver))
      .map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 60)}`);
  });

/** The heading of the next screen; that of the screen before stays until the next one has come. */
async function otherHeading(page: Page, before: string): Promise<string> {
  const heading = await page.waitForFunction((old) => {
    const text = document.querySelector('h1')?.innerText ?? '';
    return text.includes('⟦') && text !== old ? text : undefined;
  }, before);
  return (await heading.jsonValue()) ?? '';
}

export function words(around: Around): void {
  it('long words of another language fit every screen at 320 px, and none is written in English only', async () => {
    const page = await signedIn(around, around.holdfast().key, '/app?words=pseudo');
    await page.setViewportSize({ width: 320, height: 640 });
    // The console reads its words from the address once, at its start: the address may change after that only.
    await page.getByRole('heading', { level: 1, name: '⟦' }).waitFor();
    const found: string[] = [];
    let title = '';
    for (const { to } of MENU) {
      await page.evaluate((path) => {
        window.history.pushState(null, '', path);
        window.dispatchEvent(new PopStateEvent('popstate'));
      }, `/app${to}`);
      await page.locator(`nav a[href="/app${to}"][aria-current=page]`).first().waitFor({ state: 'attached' });
      title = await otherHeading(page, title);
      found.push(...(await badWords(page)).map((text) => `${to}: ${text}`));
      found.push(...(await tooWide(page)).map((what) => `${to}: wider than 320 px: ${what}`));
    }
    expect(found).toEqual([]);
  });
}
