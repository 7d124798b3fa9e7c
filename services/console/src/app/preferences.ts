/** What a person chose for this browser. None of it is a secret. */

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALES = ['en', 'de', 'pt-BR'] as const;
export type Locale = (typeof LOCALES)[number];

const isOneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value => values.some((each) => each === value);

function read(name: string): string | null {
  // Storage may be switched off.
  try {
    return window.localStorage.getItem(`holdfast.${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    window.localStorage.setItem(`holdfast.${name}`, value);
  } catch {
    // The choice then holds for this page only.
  }
}

export function chosenTheme(): Theme {
  const kept = read('theme');
  return isOneOf(THEMES, kept) ? kept : 'system';
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

export function chooseTheme(theme: Theme): void {
  write('theme', theme);
  showTheme(theme);
}

/** The language chosen, else the first of the browser's that the console speaks. */
export function chosenLocale(): Locale {
  const kept = read('locale');
  if (isOneOf(LOCALES, kept)) return kept;
  for (const language of navigator.languages) {
    const known = LOCALES.find((locale) => language === locale || language.split('-')[0] === locale.split('-')[0]);
    if (known !== undefined) return known;
  }
  return 'en';
}

export const keepLocale = (locale: Locale): void => write('locale', locale);

/** @param owner whose views: of a tenant and a subject */
export const keptViews = (owner: string): string | null => read(`views.${owner}`);
export const keepViews = (owner: string, views: string): void => write(`views.${owner}`, views);

export const showsFirstSteps = (): boolean => read('steps') !== 'hidden';
export const hideFirstSteps = (hidden: boolean): void => write('steps', hidden ? 'hidden' : 'shown');

/** Whether keys without Ctrl do something outside of fields. */
export const usesSingleKeys = (): boolean => read('keys') !== 'off';
export const chooseSingleKeys = (on: boolean): void => write('keys', on ? 'on' : 'off');

const MARKED = 'holdfast.words';

/** `?words=pseudo` in the address shows long, accented texts until the tab is closed; `?words=plain` ends it. */
export function showsMarkedWords(): boolean {
  const wish = new URLSearchParams(window.location.search).get('words');
  try {
    if (wish !== null) window.sessionStorage.setItem(MARKED, wish);
    return window.sessionStorage.getItem(MARKED) === 'pseudo';
  } catch {
    return wish === 'pseudo';
  }
}
