import { shortened } from '@holdfast/vendor-http';
import type { AccountVerdict } from '../../write.js';
import { refillMs, type ReportedCost } from '../limits.js';

export type Asked<Data> =
  | { readonly kind: 'data'; readonly data: Partial<Data> }
  /** `mayHaveApplied`: the request may have taken effect all the same. */
  | { readonly kind: 'none'; readonly account: AccountVerdict; readonly mayHaveApplied: boolean };

interface GraphqlError {
  readonly message?: string;
  /** `cost`: of a query that is dearer than any may be. */
  readonly extensions?: { readonly code?: string; readonly cost?: number };
}

/** An answer of the GraphQL endpoint. */
export interface Body {
  readonly data?: object | null;
  readonly errors?: readonly GraphqlError[] | string;
  readonly extensions?: { readonly cost?: ReportedCost };
}

/** What the query was reckoned at, also where it was refused for that. */
export function costOf({ errors, extensions }: Body): ReportedCost {
  const refusedAt = typeof errors === 'object' ? errors[0]?.extensions?.cost : undefined;
  return extensions?.cost ?? (typeof refusedAt === 'number' ? { requestedQueryCost: refusedAt } : {});
}

/** A shop that is locked or unpaid stays so for a while. */
const LOCKED_MS = 15 * 60_000;

export const none = (account: AccountVerdict, mayHaveApplied = false): Asked<never> => ({ kind: 'none', account, mayHaveApplied });

/** @returns the verdict, and whether the request may have taken effect */
export function statusVerdict(status: number, says: string, retryAfterMs: number): readonly [AccountVerdict, boolean] {
  if (status >= 500) return [{ kind: 'failed', says, retryAfterMs }, true];
  if (status === 403) return [{ kind: 'unauthorized', says }, false];
  // 402 and 423: the shop is frozen or locked. 404: no such shop, or no such version of the API.
  return [{ kind: 'failed', says, retryAfterMs: Math.max(retryAfterMs, LOCKED_MS) }, false];
}

/** What a body of status 200 means. Where there is an error, nothing of the data is used. */
export function bodyVerdict<Data>({ data, errors, extensions }: Body): Asked<Data> {
  if (errors !== undefined) return errorVerdict(errors, extensions?.cost ?? {});
  if (typeof data === 'object' && data !== null) return { kind: 'data', data };
  return none({ kind: 'failed', says: 'Shopify answered without data', retryAfterMs: 0 }, true);
}

function errorVerdict(errors: readonly GraphqlError[] | string, cost: ReportedCost): Asked<never> {
  if (typeof errors === 'string') return none({ kind: 'failed', says: shortened(errors), retryAfterMs: LOCKED_MS });
  const says = shortened(errors.map(({ message }) => message ?? 'an error without a message').join('; '));
  const has = (...codes: readonly string[]): boolean => errors.some(({ extensions }) => codes.includes(extensions?.code ?? ''));
  if (has('THROTTLED') || errors.some(({ message }) => message === 'Throttled'))
    return none({ kind: 'slow_down', says: 'Shopify wants fewer calls', retryAfterMs: refillMs(cost) });
  if (has('ACCESS_DENIED', 'UNAUTHORIZED')) return none({ kind: 'unauthorized', says });
  if (has('MAX_COST_EXCEEDED')) return none({ kind: 'narrow', says });
  if (has('SHOP_INACTIVE')) return none({ kind: 'failed', says, retryAfterMs: LOCKED_MS });
  return none({ kind: 'failed', says, retryAfterMs: 0 }, has('INTERNAL_SERVER_ERROR', 'TIMEOUT'));
}
