import { Problem } from '@holdfast/platform';

/** The refusal of a whole file. @param message names what is wrong, and the line where there is one */
export const csvFault = (code: string, message: string): Problem =>
  new Problem(400, code, message, { details: [{ field: 'body', message }] });
