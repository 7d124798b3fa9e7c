import type { VendorAnswer } from '../../http/vendor-call.js';
import { invalidPaging, refused } from '../errors.js';

export interface Paging {
  readonly limit: number;
  readonly offset: number;
}

/** `limit` and `offset` of a list; a refusal where they are no numbers in their range. */
export function pagingOf(query: URLSearchParams, standard: number, most: number): Paging | VendorAnswer {
  const limit = Number(query.get('limit') ?? standard);
  const offset = Number(query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) return refused(400, invalidPaging(`limit must be 1 to ${String(most)}`));
  if (!Number.isInteger(offset) || offset < 0) return refused(400, invalidPaging('offset must be 0 or more'));
  return { limit, offset };
}

/** Addresses of this page and its neighbours. `offset` counts pages or records, as the list has it. */
export function links(path: string, { limit, offset }: Paging, step: number, hasMore: boolean): Readonly<Record<string, string>> {
  const at = (to: number): string => `${path}?limit=${String(limit)}&offset=${String(to)}`;
  return {
    href: at(offset),
    ...(hasMore ? { next: at(offset + step) } : {}),
    ...(offset > 0 ? { prev: at(Math.max(0, offset - step)) } : {}),
  };
}
