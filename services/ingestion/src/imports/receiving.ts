import type { FileBody } from '@holdfast/platform';
import { sha256, canonicalJson } from '@holdfast/kit';
import { keyReused, Problem } from '@holdfast/platform';
import type { CsvForm, CsvLine } from '../csv/csv-table.js';
import { hashOfFile, readFile } from '../csv/read-file.js';
import type { ImportKind, Repeats } from './import-kind.js';
import type { ReceivedFiles, NewFile } from './received-files.js';
import type { Asker } from '../stock/stock.service.js';

export interface WantedImport {
  readonly kind: string;
  readonly dryRun: boolean;
  readonly duplicates: Repeats;
  readonly file: FileBody;
  readonly form: Omit<CsvForm, 'mostLines'>;
}

/** A million, and some for those who count roughly. */
export const MAX_IMPORT_LINES = 2_000_000;
const LINES_AT_ONCE = 2_000;

/** Takes files in as they are sent: checked and stored portion by portion, so that none is ever in memory as a whole. */
export class Receiving {
  constructor(private readonly files: ReceivedFiles) {}

  /**
   * Stores a file whole or not at all.
   * @returns false where the same request stored it before
   * @throws Problem 400 of `readFile`; 409 `import_being_received`; 422 `idempotency_key_reused`
   */
  async receive(asker: Asker, id: string, kind: ImportKind, wanted: WantedImport): Promise<boolean> {
    const { dryRun, duplicates: repeats, file } = wanted;
    const given: NewFile = { tenant: asker.tenant, id, kind: kind.name, dryRun, subject: asker.subject, repeats };
    if (!(await this.files.begin(given))) {
      await this.requireSame(given, wanted);
      return false;
    }
    try {
      await this.store(given, kind, file, wanted);
    } catch (error) {
      await this.files.drop(given);
      throw error;
    }
    return true;
  }

  private async store(given: NewFile, kind: ImportKind, file: FileBody, wanted: WantedImport): Promise<void> {
    let waiting: CsvLine[] = [];
    let storing: Promise<void> = Promise.resolve();
    // The database stores one portion while the next is read.
    const flush = async (): Promise<void> => {
      await storing;
      const lines = waiting.map((line) => ({ ...line, checked: kind.check(line.value) }));
      waiting = [];
      storing = this.files.add(given, lines);
      storing.catch(() => undefined);
    };
    const take = async (lines: readonly CsvLine[]): Promise<void> => {
      for (const line of lines) {
        waiting.push(line);
        if (waiting.length >= LINES_AT_ONCE) await flush();
      }
    };
    try {
      const read = await readFile(file, kind.columns, { ...wanted.form, mostLines: MAX_IMPORT_LINES }, take);
      await flush();
      await storing;
      await this.files.complete(given, { ...read, requestHash: requestHash(read.hash, wanted) });
    } finally {
      // Nothing is stored behind a file that was dropped.
      await storing.catch(() => undefined);
    }
  }

  /** A repeat must be the same file with the same options. */
  private async requireSame(given: NewFile, wanted: WantedImport): Promise<void> {
    const known = await this.files.requestHash(given);
    if (known === 'receiving')
      throw new Problem(409, 'import_being_received', 'The file of this key is still being sent by another request; ask again', {
        headers: { 'retry-after': '5' },
      });
    if (known !== null && known !== requestHash(await hashOfFile(wanted.file), wanted)) throw keyReused();
  }
}

const requestHash = (file: string, { kind, dryRun, duplicates, form }: WantedImport): string =>
  sha256(`${file}${canonicalJson({ kind, dryRun, duplicates, ...form })}`);
