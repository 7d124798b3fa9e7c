import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transform } from '@swc/core';

const MAX_BYTES = 12 * 1024;
const folder = fileURLToPath(new URL('../src', import.meta.url));

const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.d|\.spec)\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

/** As a bundler would make it, but with the imports between the files: an upper bound. */
async function minified(file: string, syntax: 'typescript' | 'ecmascript'): Promise<string> {
  const { code } = await transform(readFileSync(file, 'utf8'), {
    configFile: false,
    swcrc: false,
    module: { type: 'es6' },
    jsc: { target: 'es2022', parser: { syntax }, minify: { compress: true, mangle: true } },
    minify: true,
  });
  return code;
}

describe('the package of the client', () => {
  it('is at most 12 kB, compressed, with what it needs', async () => {
    const parser = createRequire(import.meta.url)
      .resolve('eventsource-parser')
      .replace(/\.cjs$/, '.js');
    const parts = await Promise.all([...sources.map((file) => minified(file, 'typescript')), minified(parser, 'ecmascript')]);
    const bytes = gzipSync(parts.join('\n'), { level: 9 }).length;
    process.stdout.write(`@holdfast/client: ${String(bytes)} bytes gzip of ${String(MAX_BYTES)}\n`);
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('needs nothing of Node, and one package', () => {
    const texts = sources.map((file) => readFileSync(file, 'utf8'));
    const imported = texts.flatMap((text) => [...text.matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name));
    expect(imported).toEqual(['eventsource-parser']);
    expect(texts.filter((text) => /\b(?:Buffer|process|require|__dirname|NodeJS)\b/.test(text))).toEqual([]);
  });
});
