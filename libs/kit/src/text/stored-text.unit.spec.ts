import { storedText, textFault, textFaultIn } from './stored-text.js';

describe('a text that is to be stored', () => {
  it.each(['Shirt', 'Hemd für Größe 46', '👕', '', 'tab\tand\nline', '\ufffd'])('may be %j', (text) =>
    expect(textFault(text)).toBeUndefined(),
  );

  it.each([
    ['Shi\0rt', /NUL/],
    ['Shirt\ud800', /surrogate/],
    ['\udc00Shirt', /surrogate/],
    ['👕\ud83d', /surrogate/],
    ['\ude00\ud83d', /surrogate/],
  ])('may not be %j', (text, fault) => expect(textFault(text)).toMatch(fault));

  it('is kept composed and without blanks around it', () => expect(storedText(' Gro\u0308ße ')).toBe('Gr\u00f6ße'));
});

describe('a JSON value with texts in it', () => {
  it('is named by the path of the text that cannot be stored', () =>
    expect(textFaultIn({ items: [{ name: 'Shirt' }, { name: 'Shi\0rt' }] })).toEqual({
      field: 'items[1].name',
      message: 'must not hold the character NUL (U+0000)',
    }));

  it('may not have such a name of a field either', () => expect(textFaultIn({ 'na\0me': 1 })?.message).toMatch(/NUL/));

  it('is walked however deep it is', () => {
    let deep: unknown = 'Shi\0rt';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(textFaultIn(deep)?.message).toMatch(/NUL/);
  });

  it.each([[{ name: 'Größe', more: [null, 1, true, '👕'] }], ['text'], [7], [null]])('may be %j', (value) =>
    expect(textFaultIn(value)).toBeUndefined(),
  );
});
