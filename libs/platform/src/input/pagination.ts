import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { DEFAULT_PAGE_SIZE, MAX_PAGE, MAX_PAGE_SIZE } from './limits.js';
import { IsWholeNumber } from './numbers.js';

/** Rows of a page. More than its most are refused with the code `page_too_large`. */
function IsPageSize(max: number, description: string): PropertyDecorator {
  const tooLarge = ValidateBy({
    name: 'pageTooLarge',
    validator: {
      validate: (value) => !(typeof value === 'number' && value > max),
      defaultMessage: () => `must be a whole number from 1 to ${max}`,
    },
  });
  const whole = IsWholeNumber({ min: 1, max, optional: true, query: true, description });
  return (target, key) => {
    tooLarge(target, key);
    whole(target, key);
  };
}

/** What a paged route may be asked. */
export interface RequestedPage {
  readonly page?: number;
  readonly limit?: number;
  readonly pageSize?: number;
}

/** Query of a paged route whose pages have at most so many rows; `limit` and `pageSize` mean the same. */
export function pageQueryUpTo(max: number): new () => RequestedPage {
  class BoundedPageQuery implements RequestedPage {
    @IsWholeNumber({ min: 1, max: MAX_PAGE, optional: true, query: true, description: 'Page, from 1' })
    readonly page?: number;

    @IsPageSize(max, `Rows a page, at most ${max}`)
    readonly limit?: number;

    @IsPageSize(max, 'Same as limit')
    readonly pageSize?: number;
  }
  return BoundedPageQuery;
}

/** Query of a paged route with the usual bounds. */
export class PageQuery extends pageQueryUpTo(MAX_PAGE_SIZE) {}

export interface Page {
  readonly page: number;
  readonly pageSize: number;
  readonly offset: number;
}

/** Of every paged answer. */
export class Pagination {
  @ApiProperty({ type: 'integer' })
  readonly page!: number;

  @ApiProperty({ type: 'integer' })
  readonly pageSize!: number;

  @ApiProperty({ type: 'integer', description: 'Rows over all pages' })
  readonly total!: number;

  @ApiProperty({ type: 'integer' })
  readonly totalPages!: number;
}

/** @param usual rows of a page where the query names none */
export function pageOf(query: RequestedPage, usual: number = DEFAULT_PAGE_SIZE): Page {
  const page = query.page ?? 1;
  const pageSize = query.limit ?? query.pageSize ?? usual;
  return { page, pageSize, offset: (page - 1) * pageSize };
}

/** The `pagination` object of a paged answer. */
export const paginationOf = (page: Page, total: number): Pagination => ({
  page: page.page,
  pageSize: page.pageSize,
  total,
  totalPages: Math.ceil(total / page.pageSize),
});
