/** A compiled message: texts, `#` for the number of a plural, and values with their forms. */
export type Token = string | readonly [name: string, kind?: string, forms?: unknown];
export type Compiled = readonly Token[] | string;

const PLAIN = 'acdegilnorstuyzACDEGILNORSTUYZ';
const ACCENTED = 'áçðéğíłñöřšţüýžÁÇÐÉĞÍŁÑÖŘŠŢÜÝŽ';
const LETTERS: ReadonlyMap<string, string> = new Map([...PLAIN].map((letter, at) => [letter, ACCENTED[at] ?? letter]));
/** How much longer a translation may be than the English text. */
const LONGER = 0.4;

/** The beginning and the end of every text: one of them missing on a screen means that a text was cut. */
const [BEGIN, END] = ['⟦', '⟧'];

const accented = (text: string): string => [...text].map((letter) => LETTERS.get(letter) ?? letter).join('');
const tokensOf = (message: Compiled): readonly Token[] => (typeof message === 'string' ? [message] : message);
const isCompiled = (form: unknown): form is Compiled => typeof form === 'string' || Array.isArray(form);

function tokenOf(token: Token): Token {
  if (typeof token === 'string') return token === '#' ? token : accented(token);
  const [name, kind, forms] = token;
  if (typeof forms !== 'object' || forms === null) return token;
  const written = Object.entries(forms).map(([form, text]: [string, unknown]) => [
    form,
    isCompiled(text) ? tokensOf(text).map(tokenOf) : text,
  ]);
  return [name, kind ?? '', Object.fromEntries(written)];
}

/** A message with accents, longer, and with marks at both ends: what is shown without them is in no catalogue. */
export function pseudoOf(message: Compiled): Compiled {
  const tokens = tokensOf(message);
  const letters = tokens.reduce((sum, token) => sum + (typeof token === 'string' ? token.length : 0), 0);
  return [BEGIN, ...tokens.map(tokenOf), `${' ·'.repeat(Math.ceil((letters * LONGER) / 2))}${END}`];
}
