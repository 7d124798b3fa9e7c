import { fieldsOf, listOf, textOf } from '../reading.js';
import type { Outcome } from '../write.js';

export interface ReadError {
  readonly code: string;
  readonly category: string;
  readonly says: string;
}

const LOCKED_MS = 300_000;
const RETRY_MS = 10_000;

/** The first error of a body: services put it under `errors`, the gateway under `error`, and either may be one or a list. */
export function errorOf(body: unknown): ReadError {
  const { errors, error } = fieldsOf(body);
  const given = errors ?? error;
  const found = fieldsOf(Array.isArray(given) ? listOf(given)[0] : given);
  const nested = found['error'];
  const one = nested === undefined ? found : fieldsOf(Array.isArray(nested) ? listOf(nested)[0] : nested);
  const code = textOf(one['code']) ?? 'walmart';
  const says = textOf(one['description']) ?? textOf(one['message']) ?? textOf(one['info']) ?? 'no reason given';
  return { code, category: textOf(one['category']) ?? 'DATA', says: `${says} (${code})` };
}

/** What a refused write of one listing means. @param status of the answer, or 200 where only a part of it failed */
export function outcomeOf(status: number, error: ReadError): Outcome {
  const { code, category, says } = error;
  if (status === 423 || code.startsWith('RESOURCE_IS_LOCKED')) return { kind: 'rejected_retryable', code, says, retryAfterMs: LOCKED_MS };
  if (status >= 500 || status === 409 || category === 'SYSTEM' || category === 'APPLICATION')
    return { kind: 'rejected_retryable', code, says, retryAfterMs: RETRY_MS };
  return { kind: 'rejected_permanent', code, says };
}
