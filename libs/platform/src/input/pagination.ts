import { Problem } from '../problems/problem.js';
import { DEFAULT_PAGE_SIZE, MAX_PAGE, MAX_PAGE_SIZE } from './limits.js';
import { IsWholeNumber } from './numbers.js';

/** Query of a paged route; `limit` and `pageSize` mean the same. */
export class PageQuery {
  @IsWholeNumber({ min: 1, max: MAX_PAGE, optional: true, query: true, description: 'Page, from 1' })
  readonly page?: number;

  @IsWholeNumber({ min: 1, max: MAX_PAGE, optional: true, query: true, description: `Rows a page, at most ${MAX_PAGE_SIZE}` })
  readonly limit?: number;

  @IsWholeNumber({ min: 1, max: MAX_PAGE, optional: true, query: true, description: 'Same as limit' })
  readonly pageSize?: number;
}

export interface Page {
  readonly page: number;
  readonly pageSize: number;
  readonly offset: number;
}

export interface Pagination {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly totalPages: number;
}

/** @throws Problem 400 `page_too_large` for more rows than a page may have. */
export function pageOf(query: PageQuery): Page {
  const page = query.page ?? 1;
  const pageSize = query.limit ?? query.pageSize ?? DEFAULT_PAGE_SIZE;
  if (pageSize > MAX_PAGE_SIZE) {
    const details = [{ field: 'limit', message: `must be at most ${MAX_PAGE_SIZE}`, limit: MAX_PAGE_SIZE }];
    throw new Problem(400, 'page_too_large', `A page has at most ${MAX_PAGE_SIZE} rows`, { details });
  }
  return { page, pageSize, offset: (page - 1) * pageSize };
}

/** The `pagination` object of a paged answer. */
export const paginationOf = (page: Page, total: number): Pagination => ({
  page: page.page,
  pageSize: page.pageSize,
  total,
  totalPages: Math.ceil(total / page.pageSize),
});
