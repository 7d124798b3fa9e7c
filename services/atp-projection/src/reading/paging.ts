import { pageOf, paginationOf } from '@holdfast/platform';
import type { RequestedPage, Pagination } from '@holdfast/platform';

export interface PageWanted {
  readonly page: number;
  readonly pageSize: number;
  readonly limit: number;
  readonly offset: number;
}

/** @param usual rows of a page where the query names none */
export function pageWanted(query: RequestedPage, usual?: number): PageWanted {
  const page = pageOf(query, usual);
  return { ...page, limit: page.pageSize };
}

export const paginationView = (page: PageWanted, total: number): Pagination => paginationOf(page, total);
