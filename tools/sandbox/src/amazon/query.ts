import type { VendorAnswer } from '../http/vendor-call.js';
import type { AmazonAccount } from './account.js';
import { invalidInput, refusal } from './answers.js';

/** Values of a list in a query: separated by commas, or the name repeated. */
export const listOf = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');

/** The refusal of marketplaces that the account does not have; undefined where they are right. */
export function marketplaceFault(query: URLSearchParams, account: AmazonAccount): VendorAnswer | undefined {
  const ids = listOf(query, 'marketplaceIds');
  if (ids.length === 0) return invalidInput("'marketplaceIds' is required");
  const foreign = ids.find((id) => !account.marketplaceIds.includes(id));
  return foreign === undefined ? undefined : refusal(403, 'Unauthorized', 'Access to requested resource is denied.', foreign);
}

/** A time of the query in epoch milliseconds, the default where it is missing, NaN where it is no time. */
export function timeOf(query: URLSearchParams, name: string, standard: number): number {
  const value = query.get(name);
  return value === null ? standard : Date.parse(value);
}
