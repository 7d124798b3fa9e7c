import { textFault } from '@holdfast/kit';
import { Refused } from '../rest/refused.js';

/** An id as part of a path. @throws Refused 400 for one that can stand in none */
export function pathPart(id: string): string {
  const trimmed = id.trim();
  if (trimmed !== '' && trimmed !== '.' && trimmed !== '..' && textFault(trimmed) === undefined) return encodeURIComponent(trimmed);
  throw Refused.of(400, { code: 'validation_failed', error: 'The input has a fault', details: [{ field: 'path', message: 'is no id' }] });
}
