import { csvOf } from './csv.js';

describe('a list as CSV', () => {
  it('quotes what would end a field', () => {
    expect(csvOf([['a', 'b,c', 'say "x"', 'two\nlines']])).toBe('a,"b,c","say ""x""","two\nlines"\r\n');
  });

  it('keeps figures, and lets no text be run as a formula', () => {
    expect(csvOf([['-2', '+40', '1,250', '=1+1', '-x', '@y']])).toBe(`-2,+40,"1,250",'=1+1,'-x,'@y\r\n`);
  });
});
