import { SOURCES } from './screens.js';

/** Names and units that every language writes alike. */
const SAME = /\b(ATP|Holdfast|SKU|ms|English|Deutsch|Português)\b/g;
const hasWord = (text: string): boolean => /\p{Letter}{2}/u.test(text.replaceAll(SAME, '').replaceAll(/\$\{[^}]*\}/g, ''));

/** Where a text that people read or hear is given as a property or written to the page; elements are the lint rule's. */
const GIVEN = /\b(?:text|label|hint|head|title|says|message|description|placeholder): (['`])((?:(?!\1).)*)\1/g;
const WRITTEN =
  /(?:\.(?:textContent|title|innerText|placeholder|alt|ariaLabel) =|setAttribute\('(?:aria-label|title|alt)',|document\.title =) (['`])((?:(?!\1).)*)\1/g;

const COMMENT = /\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm;

function wordsIn(source: string): readonly string[] {
  const code = source.replaceAll(COMMENT, '');
  return [...code.matchAll(GIVEN), ...code.matchAll(WRITTEN)].map(([, , text = '']) => text).filter(hasWord);
}

describe('words outside of the catalogues', () => {
  it('are found where they are a property or are written to the page', () => {
    expect(wordsIn(`{ value: 'a', text: 'All of them' }`)).toEqual(['All of them']);
    expect(wordsIn(`cell.textContent = 'None';`)).toEqual(['None']);
    expect(wordsIn(`cell.setAttribute('aria-label', 'Held');`)).toEqual(['Held']);
    expect(wordsIn('head: `${count} lines`')).toEqual(['${count} lines']);
    expect(wordsIn(`{ head: 'SKU', text: say('filter.all'), title: name }`)).toEqual([]);
  });

  it('there are none', () => {
    const found = [...SOURCES].flatMap(([path, source]) => wordsIn(source).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });
});
