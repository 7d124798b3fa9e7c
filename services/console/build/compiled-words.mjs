import { readFile } from 'node:fs/promises';
import { compileMessage } from '@lingui/message-utils/compileMessage';

/** Compiles the catalogues of ICU messages at build time, so that the browser needs no parser. */
export const compiledWords = () => ({
  name: 'holdfast-compiled-words',
  async load(id) {
    if (!/\/src\/words\/[\w-]+\.json$/.test(id)) return null;
    const messages = Object.entries(JSON.parse(await readFile(id, 'utf8')));
    return JSON.stringify(Object.fromEntries(messages.map(([key, message]) => [key, compileMessage(message)])));
  },
});
