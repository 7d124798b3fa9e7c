import { Problem } from '@holdfast/platform';

/** The refusal of a whole file. @param message names what is wrong, and the line where there is one */
export const csvFault = (code: string, message: string): Problem =>
  new Problem(400, code, message, { details: [{ field: 'body', message }] });

const TOLD_AT_MOST = 10;

/** Names in an answer: the first ten, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const told = names
    .slice(0, TOLD_AT_MOST)
    .map((name) => name.slice(0, 100))
    .join(', ');
  return names.length > TOLD_AT_MOST ? `${told} and ${names.length - TOLD_AT_MOST} more` : told;
}
