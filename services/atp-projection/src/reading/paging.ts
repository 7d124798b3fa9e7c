import { ApiProperty } from '@nestjs/swagger';
import { pageOf, paginationOf } from '@holdfast/platform';
import type { PageWish } from '@holdfast/platform';

export interface PageWanted {
  readonly page: number;
  readonly pageSize: number;
  readonly limit: number;
  readonly offset: number;
}

/** @param usual rows of a page where the query names none */
export function pageWanted(query: PageWish, usual?: number): PageWanted {
  const page = pageOf(query, usual);
  return { ...page, limit: page.pageSize };
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
