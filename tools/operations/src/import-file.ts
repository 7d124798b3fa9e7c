import { createReadStream, statSync } from 'node:fs';
import { Holdfast, type QueryOf, type ValueOf } from '@holdfast/client';

export type ImportSettings = QueryOf<'imports.begin'>;
export type Import = ValueOf<'imports.get'>;

export interface ImportOptions {
  readonly url: string;
  readonly key: string;
  readonly dryRun: boolean;
  readonly what: { readonly file: string; readonly settings: ImportSettings } | { readonly undo: string };
}

export interface ImportedFile {
  /** The import as the API answers it. */
  readonly summary: Import;
  /** The failed lines as CSV. */
  readonly failedLines: () => PromiseLike<string>;
}

type Show = (label: string, share: number, note: string) => void;

/** A large file takes its time, and so does the start of its import. */
const PATIENCE_MS = 3_600_000;

/**
 * Sends a file, or takes an import back, and waits for its end.
 * @param show is told how far it is, 0 to 1
 * @throws HoldfastError with what the API says; Error where the import failed
 */
export async function importFile({ url, key, dryRun, what }: ImportOptions, show: Show): Promise<ImportedFile> {
  const holdfast = new Holdfast({ url, key, timeoutMs: PATIENCE_MS, deadlineMs: PATIENCE_MS });
  const begun =
    'undo' in what
      ? holdfast.imports.undo(what.undo, { dryRun })
      : holdfast.imports.begin(() => ReadableStream.from(sent(what.file, show)), { ...what.settings, dryRun });
  let summary: Import = await begun;
  for await (const { data } of holdfast.imports.follow(summary.id)) {
    summary = JSON.parse(data) as Import;
    const { lines, applied, unchanged, failed } = summary;
    const done = applied + unchanged + failed;
    const note = `${String(done)} of ${String(lines)} lines, ${String(failed)} failed`;
    show(dryRun ? 'checking' : 'carrying out', done / Math.max(1, lines), note);
  }
  if (summary.status === 'failed') throw new Error(`the import failed: ${String(summary.error)}`);
  return { summary, failedLines: () => holdfast.imports.failedLines(summary.id) };
}

async function* sent(file: string, show: Show): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file);
  let bytes = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    yield piece;
    bytes += piece.length;
    show('sending', bytes / Math.max(1, size), `${String(Math.round(bytes / 1_048_576))} MiB`);
  }
}
