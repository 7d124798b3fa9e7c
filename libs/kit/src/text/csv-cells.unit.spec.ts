import { csvRow, csvText } from './csv-cells.js';

describe('rows of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ['-5', "'-5"],
    ['@cmd', "'@cmd"],
    ["it's", "it's"],
    ["'quoted'", "'quoted'"],
  ])('hold %s as %s, and it is read as it was', (text, cell) => {
    expect(csvRow([text])).toBe(`${cell}\r\n`);
    expect(csvText(cell)).toBe(text);
  });

  it('keep numbers, empty cells, and what has to stand in quotes', () =>
    expect(csvRow([-5, null, undefined, 'a,b', 'say "x"', '=A1;B1'])).toBe(`-5,,,"a,b","say ""x""","'=A1;B1"\r\n`));
});
