import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { I18n, type Messages } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { pseudoOf } from './pseudo.js';

const english = JSON.parse(readFileSync(join(import.meta.dirname, 'en.json'), 'utf8')) as Record<string, string>;
const pseudo = (text: string): Messages[string] => pseudoOf(compileMessage(text)) as Messages[string];
const VALUES = new Proxy({}, { get: () => 2, has: () => true }) as Record<string, number>;

/** What is shown for an id, with every value set to 2. */
function shownBy(messages: (text: string) => Messages[string]): (id: string) => string {
  const i18n = new I18n({});
  i18n.loadAndActivate({ locale: 'en', messages: Object.fromEntries(Object.entries(english).map(([id, text]) => [id, messages(text)])) });
  return (id) => i18n._(id, VALUES);
}

describe('the pseudo-locale', () => {
  const [plain, long] = [shownBy(compileMessage), shownBy(pseudo)];

  it('marks both ends of every text, and makes each longer', () => {
    for (const id of Object.keys(english)) {
      expect(long(id)).toMatch(/^⟦[^]*⟧$/);
      expect(long(id).length).toBeGreaterThanOrEqual(plain(id).length + 2);
    }
  });

  it('keeps the values and the plural', () => {
    const message = pseudo('{count, plural, one {# line of {name}} other {# lines of {name}}}');
    const i18n = new I18n({});
    i18n.loadAndActivate({ locale: 'en', messages: { lines: message } });
    expect(i18n._('lines', { count: 1, name: 'Ann' })).toMatch(/^⟦1 łíñé öf Ann[ ·]*⟧$/);
    expect(i18n._('lines', { count: 3, name: 'Ann' })).toMatch(/^⟦3 łíñéš öf Ann[ ·]*⟧$/);
  });
});
