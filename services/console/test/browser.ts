import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that `CHROMIUM` names. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

/** Pictures of every screen lie here for people to look at, where `HOLDFAST_PICTURES` names a folder. */
const PICTURES = process.env['HOLDFAST_PICTURES'];
/** How long a test waits for what should appear: long, as a busy machine is slow. */
const PATIENCE_MS = Number(process.env['HOLDFAST_BROWSER_MS'] ?? 120_000);
const ENGINE = createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js');

/** An answer of 4xx is shown by the screen; the browser calls it an error all the same. */
const isAnswered = (message: ConsoleMessage): boolean => /^Failed to load resource: .* status of 4\d\d/.test(message.text());

export interface TestBrowser {
  /** A page with cookies of its own, whose faults `faults` collects. */
  open(options?: { readonly locale?: string; readonly colorScheme?: 'light' | 'dark' }): Promise<Page>;
  /** Errors of scripts and refusals by the content security policy, since the beginning. */
  readonly faults: readonly string[];
  /** Drops the faults from this one on: those that a test made on purpose. */
  forget(from: number): void;
  /** Closes every page: one that stays open goes on to follow the stream, and to draw what changes. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export async function startBrowser(baseURL: string): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const faults: string[] = [];
  const contexts: BrowserContext[] = [];
  const closePages = async (): Promise<void> => void (await Promise.all(contexts.splice(0).map((context) => context.close())));
  return {
    faults,
    forget: (from) => void faults.splice(from),
    async open({ locale = 'en-US', colorScheme = 'light' } = {}) {
      const context = await browser.newContext({ baseURL, locale, colorScheme, viewport: { width: 1280, height: 800 } });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error.stack)}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isAnswered(message)) faults.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
    closePages,
    async close() {
      await closePages();
      await browser.close();
    },
  };
}

interface Report {
  readonly results: readonly {
    readonly ruleId: string;
    readonly value: readonly [string, string];
    readonly message: string;
    readonly snippet: string;
  }[];
}

/** What a page breaks of WCAG 2.2, level A and AA; empty where it is clean. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'ace' in window))) await page.evaluate(`${readFileSync(ENGINE, 'utf8')}; window.ace = ace;`);
  const report = await page.evaluate<Report>(`new window.ace.Checker().check(document, ['WCAG_2_2'])`);
  return report.results
    .filter(({ value: [level, outcome] }) => level === 'VIOLATION' && outcome === 'FAIL')
    .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet.slice(0, 160)}`);
}

/**
 * Texts with less contrast than WCAG 1.4.3 asks for. The engine cannot read colours in OKLCH, so they are painted on a canvas and read from
 * there, with all backgrounds below the text.
 */
const contrastFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    if (brush === null) throw new Error('no canvas');
    type Rgb = readonly [number, number, number];
    // A screen has few colours and many texts.
    const known = new Map<string, Rgb>();
    const painted = (colours: readonly string[]): Rgb => {
      const key = colours.join('|');
      const rgb = known.get(key) ?? paint(colours);
      known.set(key, rgb);
      return rgb;
    };
    const paint = (colours: readonly string[]): Rgb => {
      for (const colour of colours) {
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
      return [red, green, blue];
    };
    const luminance = (rgb: Rgb): number => {
      const [red = 0, green = 0, blue = 0] = rgb.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const faults: string[] = [];
    for (const element of document.querySelectorAll('body *')) {
      const text = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ nodeValue }) => nodeValue?.trim())
        .join('');
      if (text === '' || !element.checkVisibility() || element.closest('[data-disabled], noscript, option') !== null) continue;
      const style = getComputedStyle(element);
      const below: string[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (backgroundColor !== 'rgba(0, 0, 0, 0)') below.unshift(backgroundColor);
      }
      const [under, ink] = [painted(below), painted([...below, style.color])];
      const [light, dark] = [luminance(under), luminance(ink)].sort((one, other) => other - one);
      const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
      const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)} of "${text.slice(0, 40)}"`);
    }
    return faults;
  });

/** Checks a screen, its contrast in both themes, and keeps a picture of each. */
export async function lookAt(page: Page, name: string): Promise<readonly string[]> {
  const faults = (await accessibilityFaults(page)).map((fault) => `${name}: ${fault}`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    faults.push(...(await contrastFaults(page)).map((fault) => `${name}, ${colorScheme}: ${fault}`));
    if (PICTURES === undefined) continue;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  return faults;
}
