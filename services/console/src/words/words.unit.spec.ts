import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage, type CompiledMessage } from '@lingui/message-utils/compileMessage';

const catalogue = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${locale}.json`), 'utf8')) as Record<string, string>;

/** Names that a compiled message is filled with. */
function valuesOf(message: CompiledMessage): readonly string[] {
  if (!Array.isArray(message)) return [];
  return message.flatMap((part) => (Array.isArray(part) ? [String(part[0])] : [])).sort();
}

describe.each(['de', 'pt-BR'])('the texts in %s', (locale) => {
  const [english, other] = [catalogue('en'), catalogue(locale)];

  it('are those of the English catalogue, none missing and none besides', () => {
    expect(Object.keys(other)).toEqual(Object.keys(english));
  });

  it('take the same values', () => {
    for (const [id, message] of Object.entries(english))
      expect([id, valuesOf(compileMessage(other[id] ?? ''))]).toEqual([id, valuesOf(compileMessage(message))]);
  });

  it('say something', () => {
    for (const [id, message] of Object.entries(other)) expect([id, message.trim()]).not.toEqual([id, '']);
  });
});
