import { isRecord } from '../input/is-record.js';
import { Problem } from '../problems/problem.js';
import type { RememberedAnswer } from './store.js';

/** A refusal is remembered without its request id, which is another one on a repeat. */
export const refusalOf = (problem: Problem, requestHash: string): RememberedAnswer => ({
  requestHash,
  status: problem.status,
  headers: problem.headers,
  body: JSON.stringify({ error: problem.message, code: problem.code, details: problem.details }),
});

export const isRefusal = (answer: RememberedAnswer): boolean => answer.status >= 400;

/** The refusal as it was first thrown. */
export function problemOfRefusal(answer: RememberedAnswer): Problem {
  const body: unknown = JSON.parse(answer.body ?? '{}');
  const { error, code, details } = isRecord(body) ? body : {};
  return new Problem(answer.status, String(code), String(error), {
    details: Array.isArray(details) ? details.filter((detail) => isRecord(detail)) : [],
    headers: answer.headers,
  });
}
