import { textFault } from './text.js';

describe('text that can be stored', () => {
  it.each(['', 'plain', 'ä 漢 😀', 'tab\tand\nline', '\ufffd'])('takes %j', (text) => expect(textFault(text)).toBeUndefined());

  it('names the character NUL', () => expect(textFault('a\u0000b')).toContain('NUL'));

  it.each(['\ud83d', 'a\ude00b', '\ude00\ud83d'])('names half of a surrogate pair in %j', (text) =>
    expect(textFault(text)).toContain('surrogate'),
  );
});
