import { listOf, timeOf } from '../query.js';
import type { Search } from './search.js';

const MAX_IDENTIFIERS = 20;
const MAX_PAGE = 20;
const SORTS: readonly string[] = ['sku', 'createdDate', 'lastUpdatedDate'];
const IDENTIFIER_TYPES: readonly string[] = ['ASIN', 'EAN', 'FNSKU', 'GTIN', 'ISBN', 'JAN', 'MINSAN', 'SKU', 'UPC'];

/** Reads the query of a search; a text says what is wrong with it. */
export function searchOf(query: URLSearchParams): Search | string {
  const identifiers = listOf(query, 'identifiers');
  const type = query.get('identifiersType');
  if (identifiers.length > 0 !== (type !== null)) return "'identifiers' and 'identifiersType' need each other";
  if (identifiers.length > MAX_IDENTIFIERS) return `'identifiers' takes up to ${String(MAX_IDENTIFIERS)}`;
  if (type !== null && !IDENTIFIER_TYPES.includes(type)) return `'identifiersType' knows no ${type}`;
  const pageSize = Number(query.get('pageSize') ?? 10);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MAX_PAGE) return `'pageSize' must be from 1 to ${String(MAX_PAGE)}`;
  const sortBy = query.get('sortBy') ?? 'lastUpdatedDate';
  if (!SORTS.includes(sortBy)) return `'sortBy' knows no ${sortBy}`;
  const from = Number(query.get('pageToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) return "'pageToken' is not one that was given";
  const times = {
    createdAfter: timeOf(query, 'createdAfter', -Infinity),
    createdBefore: timeOf(query, 'createdBefore', Infinity),
    lastUpdatedAfter: timeOf(query, 'lastUpdatedAfter', -Infinity),
    lastUpdatedBefore: timeOf(query, 'lastUpdatedBefore', Infinity),
  };
  const bad = Object.entries(times).find(([, at]) => Number.isNaN(at));
  if (bad !== undefined) return `'${bad[0]}' is no time in ISO 8601`;
  return {
    ...times,
    identifiers: identifiers.length === 0 ? undefined : identifiers,
    identifiersType: type ?? undefined,
    sortBy: sortBy as Search['sortBy'],
    descending: (query.get('sortOrder') ?? 'DESC') === 'DESC',
    pageSize,
    from,
  };
}
