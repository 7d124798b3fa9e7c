/** A sum or difference of fields. */
export type Formula = readonly { readonly field: string; readonly isSubtracted: boolean }[];

const FIELD = '[A-Za-z_][A-Za-z0-9_.]*';
const WHOLE = new RegExp(`^\\s*${FIELD}(?:\\s*[+-]\\s*${FIELD})*\\s*$`);
const PART = new RegExp(`([+-]?)\\s*(${FIELD})`, 'g');
const MOST_FIELDS = 10;

/** Reads `onHand - reserved`: names of fields with plus or minus between them, and nothing else. @returns undefined where it is none */
export function parseFormula(text: string): Formula | undefined {
  if (!WHOLE.test(text)) return undefined;
  const parts = [...text.matchAll(PART)].map(([, sign, field = '']) => ({ field, isSubtracted: sign === '-' }));
  return parts.length <= MOST_FIELDS ? parts : undefined;
}
