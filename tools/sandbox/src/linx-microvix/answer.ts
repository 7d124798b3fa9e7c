import type { VendorAnswer } from '../http/vendor-call.js';

export type Row = Readonly<Record<string, string>>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cells = (values: readonly string[]): string => values.map((value) => `<D>${escaped(value)}</D>`).join('');
const xml = (inner: string): VendorAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: Buffer.from(`<?xml version="1.0" encoding="utf-8"?><Microvix>${inner}</Microvix>`),
});

/** A header row with the columns' names, then the rows, which go by position alone. */
export function rowsAnswer(columns: readonly string[], rows: Iterable<Row>): VendorAnswer {
  const parts = [`<ResponseResult><ResponseSuccess>True</ResponseSuccess></ResponseResult><ResponseData><C>${cells(columns)}</C>`];
  for (const row of rows) parts.push(`<R>${cells(columns.map((column) => row[column] ?? ''))}</R>`);
  return xml(`${parts.join('')}</ResponseData>`);
}

/** An error, which has status 200 as every answer. */
export const errorAnswer = (message: string): VendorAnswer =>
  xml(
    `<ResponseResult><ResponseSuccess>False</ResponseSuccess><ResponseError><Message>${escaped(message)}</Message></ResponseError></ResponseResult>`,
  );
