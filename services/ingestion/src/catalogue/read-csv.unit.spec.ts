import { Problem } from '@holdfast/platform';
import { readCsv } from './read-csv.js';

const columns = { required: ['sku'], optional: ['name', 'costMinor'], numeric: ['costMinor'] };
const codeOf = (text: unknown): unknown => {
  try {
    return readCsv(text, columns);
  } catch (error) {
    return error instanceof Problem ? error.code : error;
  }
};

describe('reading CSV', () => {
  it('gives values by column with the line of the file, numbers as numbers, empty cells not at all', () =>
    expect(readCsv('\ufeffsku,name,costMinor\nTEE,"Shirt, black",850\n\nCAP,,\n', columns)).toEqual([
      { line: 2, value: { sku: 'TEE', name: 'Shirt, black', costMinor: 850 } },
      { line: 4, value: { sku: 'CAP' } },
    ]));

  it('leaves what is no number for the check of the line', () =>
    expect(readCsv('sku,costMinor\nTEE,8.5\nCAP,8.5.1\n', columns)).toEqual([
      { line: 2, value: { sku: 'TEE', costMinor: 8.5 } },
      { line: 3, value: { sku: 'CAP', costMinor: '8.5.1' } },
    ]));

  it.each([
    ['', 'malformed_csv'],
    [undefined, 'malformed_csv'],
    [{ sku: 'TEE' }, 'malformed_csv'],
    ['sku\n', 'malformed_csv'],
    ['sku,name\n"TEE,Shirt\n', 'malformed_csv'],
    ['sku,name\nTEE\n', 'malformed_csv'],
    ['name\nShirt\n', 'missing_column'],
    ['sku,colour\nTEE,red\n', 'unknown_column'],
    [`sku\n${'TEE\n'.repeat(10_001)}`, 'too_many_lines'],
  ])('refuses %j', (text, code) => expect(codeOf(text)).toBe(code));
});
