import { MAX_BULK_LINES } from '@holdfast/platform';
import { CsvDecoder } from './csv-decoder.js';
import { csvFault } from './csv-fault.js';
import { CsvTable, type CsvColumns, type CsvLine } from './csv-table.js';

const BYTES_AT_ONCE = 65_536;

export interface CsvBody {
  readonly body: unknown;
  readonly contentType: string | undefined;
}

/**
 * Reads CSV (RFC 4180) of a request with a header line and at most 10,000 below it, all at once. In steps, for `inSlices`.
 * @throws Problem 400 `malformed_csv`, `unreadable_encoding`, `missing_column`, `unknown_column`, `duplicate_column`, `too_many_lines`
 */
export function* readCsv({ body, contentType }: CsvBody, columns: CsvColumns): Generator<undefined, readonly CsvLine[]> {
  if (!Buffer.isBuffer(body)) throw csvFault('malformed_csv', 'the body must be CSV with a header line');
  const decoder = new CsvDecoder({ contentType });
  const table = new CsvTable(columns, { mostLines: MAX_BULK_LINES });
  const lines: CsvLine[] = [];
  for (let at = 0; at < body.length; at += BYTES_AT_ONCE)
    lines.push(...(yield* table.read(decoder.push(body.subarray(at, at + BYTES_AT_ONCE)))));
  lines.push(...(yield* table.read(decoder.end())), ...(yield* table.end()));
  return lines;
}
