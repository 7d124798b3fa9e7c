import fc from 'fast-check';
import { CsvDecoder } from './csv-decoder.js';
import { CsvTable, type CsvForm, type CsvLine } from './csv-table.js';

const columns = { required: ['sku'], optional: ['name', 'at'], numeric: [], dates: ['at'] };

function finish<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function readPieces(pieces: readonly Buffer[], form: Partial<CsvForm> = {}, guesses = true) {
  const decoder = new CsvDecoder({ contentType: undefined, guesses });
  const table = new CsvTable(columns, { mostLines: 1_000, ...form });
  const lines: CsvLine[] = [];
  for (const piece of pieces) lines.push(...finish(table.read(decoder.push(piece))));
  lines.push(...finish(table.read(decoder.end())), ...finish(table.end()));
  return { lines, names: table.names, encoding: decoder.encoding };
}

const cut = (bytes: Buffer, at: readonly number[]): readonly Buffer[] => {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((one, other) => one - other);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
};

const cell = fc.oneof(
  fc.constantFrom('a', 'Größe €', 'x\r\ny', 'say ""', 'a,b', 'line\n\nline', '😀'),
  fc.string({ maxLength: 5, unit: 'grapheme' }),
);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('a table whose text comes in pieces', () => {
  it('has the same lines wherever it is cut', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(1_000), { maxLength: 6 }),
        fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
        (cells, lineBreak, places, encoding) => {
          const text = ['sku,name', ...cells.flatMap(([name, blank]) => [`A,${quoted(name)}`, ...(blank ? [''] : [])])].join(lineBreak);
          const bytes = Buffer.from(`\ufeff${text}`, encoding);
          fc.pre(!text.includes('\ufffd'));
          expect(readPieces(cut(bytes, places))).toEqual(readPieces([bytes]));
          expect(readPieces([bytes]).lines).toHaveLength(cells.length);
        },
      ),
    ));

  it('is refused where a quote is never closed, before the whole file was read', () => {
    const endless = Buffer.from('x,'.repeat(600_000));
    expect(() => readPieces([Buffer.from('sku,name\nA,"'), endless, endless])).toThrow('line 2');
  });

  it('names the line of what is no UTF-8 far behind its beginning', () => {
    const good = Buffer.from(`sku,name\n${'A,Größe\n'.repeat(900)}`);
    const broken = Buffer.from('A,Gr\xf6\xdfe\n', 'latin1');
    const pieces = [Buffer.alloc(70_000, 'A,b\n'), good.subarray(9), broken];
    expect(() => readPieces([Buffer.from('sku,name\n'), ...pieces], { mostLines: 100_000 })).toThrow('line 18402 is not UTF-8');
  });

  it.each([
    ['UTF-8', Buffer.from('sku,name\nA,Größe €'), { name: 'utf-8', from: 'found' }],
    ['Windows-1252', Buffer.from('sku,name\nA,Gr\xf6\xdfe \x80', 'latin1'), { name: 'windows-1252', from: 'found' }],
    ['UTF-16 without a mark', Buffer.from('sku,name\nA,Größe €', 'utf16le'), { name: 'utf-16le', from: 'found' }],
    ['UTF-16 by its mark', Buffer.from('\ufeffsku,name\nA,Größe €', 'utf16le').swap16(), { name: 'utf-16be', from: 'mark' }],
  ])('says that it found %s', (_name, bytes, encoding) =>
    expect(readPieces([bytes])).toMatchObject({ encoding, lines: [{ value: { name: 'Größe €' } }] }),
  );

  it('reads dates in a declared form only', () => {
    const bytes = Buffer.from('sku,at\nA,01/11/2026\nB,2026-11-01\n');
    const at = (form: Partial<CsvForm>) => readPieces([bytes], form).lines.map(({ value }) => value['at']);
    expect(at({ dates: 'dd/mm/yyyy' })).toEqual(['2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z']);
    expect(at({})).toEqual(['01/11/2026', '2026-11-01T00:00:00Z']);
  });
});
