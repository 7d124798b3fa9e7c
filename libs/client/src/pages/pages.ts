import type { Call } from '../requests/call.js';
import type { Query } from '../requests/prepared.js';

/** Asks for a page; the query names it, and the signal stops the call. */
export type AskPage<Body> = (query: Query, signal?: AbortSignal) => Call<Body>;

interface PageEnd {
  readonly nextCursor?: string;
  readonly pagination?: { readonly page: number; readonly totalPages: number };
}

/** What to ask for the page after this one; undefined after the last. */
function queryAfter(body: PageEnd): Query | undefined {
  if (body.nextCursor !== undefined) return { cursor: body.nextCursor };
  const { page, totalPages } = body.pagination ?? { page: 1, totalPages: 1 };
  return page < totalPages ? { page: page + 1 } : undefined;
}

/**
 * A list in pages: `for await` gives its rows over all pages, `pages()` the pages, `first(n)` so many rows; awaited, it gives the first
 * page. Nothing is asked before one of these is used.
 */
export class Pages<Body, Item> implements PromiseLike<Body>, AsyncIterable<Item> {
  constructor(
    private readonly ask: AskPage<Body>,
    private readonly list: string,
  ) {}

  /** The first page, with status, position and request id. */
  answer(): ReturnType<Call<Body>['answer']> {
    return this.ask({}).answer();
  }

  then<One = Body, Other = never>(
    onValue?: ((value: Body) => One | PromiseLike<One>) | null,
    onError?: ((error: unknown) => Other | PromiseLike<Other>) | null,
  ): Promise<One | Other> {
    return this.ask({}).then(onValue, onError);
  }

  /** The pages; while one is used, the next is asked for. */
  async *pages(): AsyncGenerator<Body> {
    const left = new AbortController();
    let next: Call<Body> | undefined = this.ask({}, left.signal);
    try {
      while (next !== undefined) {
        const body: Body = await next;
        const query = queryAfter(body as PageEnd);
        next = query === undefined ? undefined : this.ask(query, left.signal);
        // It is awaited in the next turn; until then its failure is nobody's surprise.
        next?.catch(() => undefined);
        yield body;
      }
    } finally {
      left.abort();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const body of this.pages()) yield* this.rowsOf(body);
  }

  /** The first rows, at most so many. */
  async first(count: number): Promise<readonly Item[]> {
    const rows: Item[] = [];
    let query: Query | undefined = {};
    while (query !== undefined && rows.length < count) {
      const body: Body = await this.ask(query);
      rows.push(...this.rowsOf(body));
      query = queryAfter(body as PageEnd);
    }
    return rows.slice(0, count);
  }

  private rowsOf(body: Body): readonly Item[] {
    return (body as Readonly<Record<string, readonly Item[]>>)[this.list] ?? [];
  }
}
