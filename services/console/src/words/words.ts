import { setupI18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { keepLocale, showsMarkedWords, type Locale } from '../app/preferences.js';
import type en from './en.json';
import type { Compiled } from './pseudo.js';

/** Every text of the console by its id. One that a catalogue lacks fails the check of types. */
export type WordId = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;
export type Say = (id: WordId, values?: Values) => string;

export const i18n = setupI18n();

// The build compiles them; what arrives are compiled messages.
const CATALOGUES: Readonly<Record<Locale, () => Promise<{ default: Record<WordId, string> }>>> = {
  en: () => import('./en.json'),
  de: () => import('./de.json'),
  'pt-BR': () => import('./pt-BR.json'),
};

/** Texts made long and marked at both ends, for who looks for words that are cut or in no catalogue. */
async function marked(messages: Readonly<Record<string, Compiled>>): Promise<Messages> {
  const { pseudoOf } = await import('./pseudo.js');
  return Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, pseudoOf(message)])) as Messages;
}

/** Loads a language and shows it. */
export async function speak(locale: Locale): Promise<void> {
  const { default: messages } = await CATALOGUES[locale]();
  i18n.loadAndActivate({ locale, messages: showsMarkedWords() ? await marked(messages) : messages });
  document.documentElement.lang = locale;
  keepLocale(locale);
}

/** The texts of the language shown; a component that uses it follows a change of language. */
export function useWords(): { readonly say: Say; readonly locale: Locale } {
  const { i18n: shown } = useLingui();
  const { locale } = shown;
  // The same function as long as the language is: what is made from texts need not be made again.
  return useMemo(() => ({ say: (id: WordId, values?: Values) => shown._(id, values), locale: locale as Locale }), [shown, locale]);
}
