import { ApiProperty } from '@nestjs/swagger';
import { Problem, paginationOf } from '@holdfast/platform';
import type { PageQuery } from '@holdfast/platform';

export interface PageBounds {
  /** Rows of a page when the caller names none. */
  readonly usual: number;
  readonly max: number;
}

export interface PageWanted {
  readonly page: number;
  readonly pageSize: number;
  readonly limit: number;
  readonly offset: number;
}

export const LIST_PAGE: PageBounds = { usual: 20, max: 100 };
export const MATRIX_PAGE: PageBounds = { usual: 50, max: 200 };

/** @throws Problem 400 `page_too_large` for more rows than a page of this list may have */
export function pageWithin(query: PageQuery, bounds: PageBounds): PageWanted {
  const page = query.page ?? 1;
  const pageSize = query.limit ?? query.pageSize ?? bounds.usual;
  if (pageSize > bounds.max) {
    const details = [{ field: 'limit', message: `must be at most ${bounds.max}`, limit: bounds.max }];
    throw new Problem(400, 'page_too_large', `A page has at most ${bounds.max} rows`, { details });
  }
  return { page, pageSize, limit: pageSize, offset: (page - 1) * pageSize };
}

export class PaginationView {
  @ApiProperty()
  readonly page!: number;

  @ApiProperty()
  readonly pageSize!: number;

  @ApiProperty({ description: 'Rows over all pages' })
  readonly total!: number;

  @ApiProperty()
  readonly totalPages!: number;
}

export const paginationView = (page: PageWanted, total: number): PaginationView => paginationOf(page, total);
