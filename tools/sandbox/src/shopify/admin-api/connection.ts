import { GraphQLError } from 'graphql';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly query?: string | null;
  readonly reverse?: boolean | null;
  readonly sortKey?: string | null;
}

const MAX_PAGE = 250;
/** How deep a connection can be paged. Source: shopify.dev, Shopify API limits. */
const MAX_DEPTH = 25_000;

/** One page of a list in its order, as the vendor's connections give it. Only forward paging is served. */
export function connection<T>(
  all: readonly T[],
  { first, after, reverse }: PageArguments,
  keyOf: (one: T) => string,
  view: (one: T) => object,
): object {
  if (typeof first !== 'number') throw new GraphQLError('you must provide one of first or last', { extensions: { code: 'BAD_REQUEST' } });
  if (first > MAX_PAGE) throw new GraphQLError(`first cannot exceed ${String(MAX_PAGE)}`, { extensions: { code: 'BAD_REQUEST' } });
  const ordered = reverse === true ? [...all].reverse() : all;
  const from = typeof after !== 'string' ? 0 : 1 + ordered.findIndex((one) => cursorOf(keyOf(one)) === after);
  if (typeof after === 'string' && from === 0)
    throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } });
  if (from + first > MAX_DEPTH + MAX_PAGE)
    throw new GraphQLError(`pagination past ${String(MAX_DEPTH)} objects is not supported`, { extensions: { code: 'BAD_REQUEST' } });
  const page = ordered.slice(from, from + first);
  const edges = page.map((one) => ({ cursor: cursorOf(keyOf(one)), node: view(one) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: from + first < ordered.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');
