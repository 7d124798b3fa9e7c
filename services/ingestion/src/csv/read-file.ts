import { createHash } from 'node:crypto';
import { inSlices } from '@holdfast/kit';
import type { FileBody } from '@holdfast/platform';
import { CsvDecoder, type FoundEncoding } from './csv-decoder.js';
import { CsvTable, type CsvColumns, type CsvForm, type CsvLine } from './csv-table.js';

/** What is known of a file once it was read. */
export interface ReadFile {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly encoding: FoundEncoding;
  /** Its columns, in order. */
  readonly columns: readonly string[];
}

/**
 * Reads a CSV file as it comes, without keeping it.
 * @param take is given the lines of each piece, in order, and is waited for
 * @throws Problem 400 as `readCsv`, and what the sender's connection and `take` throw
 */
export async function readFile(
  { pieces, contentType }: FileBody,
  columns: CsvColumns,
  form: CsvForm,
  take: (lines: readonly CsvLine[]) => Promise<void>,
): Promise<ReadFile> {
  const hash = createHash('sha256');
  const decoder = new CsvDecoder({ contentType, guesses: true });
  const table = new CsvTable(columns, form);
  for await (const piece of pieces) {
    hash.update(piece);
    await take(await inSlices(table.read(decoder.push(piece))));
  }
  await take(await inSlices(table.read(decoder.end())));
  await take(await inSlices(table.end()));
  return { hash: hash.digest('hex'), encoding: decoder.encoding ?? { name: 'utf-8', from: 'found' }, columns: table.names };
}

/** SHA-256 of a file's bytes. */
export async function hashOfFile({ pieces }: FileBody): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
