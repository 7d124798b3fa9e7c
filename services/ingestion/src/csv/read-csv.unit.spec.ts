import { Problem } from '@holdfast/platform';
import type { CsvLine } from './csv-table.js';
import { readCsv } from './read-csv.js';

const columns = { required: ['sku'], optional: ['name', 'costMinor'], numeric: ['costMinor'] };

function read(body: unknown, contentType = 'text/csv'): readonly CsvLine[] {
  const steps = readCsv({ body: typeof body === 'string' ? Buffer.from(body) : body, contentType }, columns);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function refusalOf(body: unknown, contentType?: string): unknown {
  try {
    return read(body, contentType);
  } catch (error) {
    return error instanceof Problem ? `${error.code}: ${error.message}` : error;
  }
}

const shirt = [{ line: 2, value: { sku: 'TEE', name: 'Größe 5 €' } }];

describe('reading CSV', () => {
  it('gives values by column with the line of the file, numbers as numbers, empty cells not at all', () =>
    expect(read('\ufeffsku,name,costMinor\nTEE,"Shirt, black",850\n\nCAP,,\n')).toEqual([
      { line: 2, value: { sku: 'TEE', name: 'Shirt, black', costMinor: 850 } },
      { line: 4, value: { sku: 'CAP' } },
    ]));

  it('names the first line of a record that has several', () =>
    expect(read('sku,name\r\nTEE,"Shirt,\r\n ""black"""\r\nCAP, Cap \r\n')).toEqual([
      { line: 2, value: { sku: 'TEE', name: 'Shirt,\r\n "black"' } },
      { line: 4, value: { sku: 'CAP', name: 'Cap' } },
    ]));

  it('leaves what is no number for the check of the line', () =>
    expect(read('sku,costMinor\nTEE,8.5\nCAP,8.5.1')).toEqual([
      { line: 2, value: { sku: 'TEE', costMinor: 8.5 } },
      { line: 3, value: { sku: 'CAP', costMinor: '8.5.1' } },
    ]));

  it.each([';', '\t', ','])('parts cells by %j where the header does', (sign) =>
    expect(read(`sku${sign}"name"\nTEE${sign}"a${sign}b"\n`)).toEqual([{ line: 2, value: { sku: 'TEE', name: `a${sign}b` } }]),
  );

  it.each([
    ['sep=;\r\nsku;name\r\nTEE;a,b\r\n', 'a,b'],
    ['\ufeffsep=\t\nsku\tname\nTEE\ta,b\n', 'a,b'],
    ['"SEP=,"\nsku,name\nTEE,a;b\n', 'a;b'],
    ['sep=;\nsku\nTEE\n', undefined],
  ])('parts cells as a first line for spreadsheet programs says, and counts that line: %j', (text, name) =>
    expect(read(text)).toEqual([{ line: 3, value: { sku: 'TEE', ...(name && { name }) } }]),
  );

  it('needs a header below such a line', () => expect(refusalOf('sep=;\n')).toContain('malformed_csv: the body must be CSV'));

  it.each([
    ['UTF-8', Buffer.from('sku,name\nTEE,Größe 5 €'), 'text/csv'],
    ['UTF-16, little end first, by its mark', Buffer.from('\ufeffsku,name\nTEE,Größe 5 €', 'utf16le'), 'text/csv'],
    ['UTF-16, big end first, by its mark', Buffer.from('\ufeffsku,name\nTEE,Größe 5 €', 'utf16le').swap16(), 'text/csv'],
    ['Windows-1252 by the content type', Buffer.from('sku,name\nTEE,Größe 5 \x80', 'latin1'), 'text/csv; charset="Windows-1252"'],
    ['UTF-16 by the content type', Buffer.from('sku,name\nTEE,Größe 5 €', 'utf16le'), 'text/csv;charset=utf-16le'],
  ])('reads %s', (_, body, contentType) => expect(read(body, contentType)).toEqual(shirt));

  it.each([
    ['nothing', '', 'malformed_csv: the body must be CSV'],
    ['no body', undefined, 'malformed_csv: the body must be CSV'],
    ['JSON', { sku: 'TEE' }, 'malformed_csv: the body must be CSV'],
    ['blank lines only', '\n \n', 'malformed_csv: the body must be CSV'],
    ['a header only', 'sku\n', 'malformed_csv: there must be at least one line'],
    ['a quote that is not closed', 'sku,name\nCAP,\n"TEE,Shirt\n', 'malformed_csv: line 3 has a quote that is never closed'],
    ['a quote within a cell', 'sku,name\nTEE,5" nail\n', 'malformed_csv: line 2 has a quote within a cell'],
    ['text behind a quote', 'sku,name\nTEE,"5" nail\n', 'malformed_csv: line 2 has text behind'],
    ['too few cells', 'sku,name\nTEE,"a\nb"\nCAP\n', 'malformed_csv: line 4 has 1 cells, the header 2'],
    ['too many cells', `sku\n${'TEE,'.repeat(101)}`, 'malformed_csv: line 2 has more than 100 cells'],
    ['a cell without end', `sku\n${'a'.repeat(5_001)}`, 'malformed_csv: line 2 has a cell of more than 5000'],
    ['no SKU', 'name\nShirt\n', 'missing_column: the header lacks sku'],
    ['a strange column', 'sku,colour\nTEE,red\n', 'unknown_column: the header names colour; known columns: sku, name, costMinor'],
    ['many strange columns', `sku${',x'.repeat(50)}\nTEE\n`, 'unknown_column: the header names x, x, x, x, x, x, x, x, x, x and 40 more;'],
    ['a column twice', 'sku,name,name\nTEE,a,b\n', 'duplicate_column: the header names name twice'],
    ['too many lines', `sku\n${'TEE\n'.repeat(10_001)}`, 'too_many_lines: there must be at most 10000 lines'],
    ['Latin-1', Buffer.from('sku,name\nTEE,Gr\xf6\xdfe', 'latin1'), 'unreadable_encoding: line 2 is not UTF-8'],
    ['UTF-16 without its mark', Buffer.from('sku,name\nTEE,Größe', 'utf16le'), 'unreadable_encoding: '],
    ['what another program misread', 'sku,name\nTEE,Gr\ufffd\ufffde', 'unreadable_encoding: the file holds U+FFFD'],
  ])('refuses %s', (_, body, message) => expect(refusalOf(body)).toContain(message));

  it('refuses a charset that nobody knows', () =>
    expect(refusalOf('sku\nTEE', 'text/csv; charset=klingon')).toContain('unreadable_encoding: the charset klingon is unknown'));

  it('stops at the first line that is too many, however many follow', () => {
    const steps = readCsv({ body: Buffer.from(`sku\n${'a\n'.repeat(1_000_000)}`), contentType: undefined }, columns);
    let taken = 0;
    expect(() => {
      for (; steps.next().done !== true;) taken += 1;
    }).toThrow('at most 10000 lines');
    expect(taken).toBeLessThan(10_100);
  });
});
