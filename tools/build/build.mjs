// Compiles the src folder of every package (or of the folders named) into dist with swc, and all services into dist/programs;
// Vite builds the console.
// A file whose source is older than its output is left alone; outputs without a source are removed.
import { transformFile } from '@swc/core';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './console.mjs';
import { bundlePrograms } from './programs.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const swcrc = join(root, '.swcrc');

const packages = (folders) =>
  folders.length > 0
    ? folders.map((folder) => resolve(folder))
    : ['libs', 'services', 'tools'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const isSource = (file) => !/\.(spec|contract-spec)\.ts$/.test(file) && !file.endsWith('.d.ts');
const outputOf = (source, from, to) => join(to, relative(from, source)).replace(/\.ts$/, '.js');
const isStale = (source, output) =>
  !existsSync(output) || statSync(output).mtimeMs < Math.max(statSync(source).mtimeMs, statSync(swcrc).mtimeMs);

async function compile(source, output) {
  mkdirSync(dirname(output), { recursive: true });
  if (!source.endsWith('.ts')) return copyFileSync(source, output);
  const { code, map } = await transformFile(source, { cwd: root, configFile: swcrc, sourceFileName: relative(dirname(output), source) });
  writeFileSync(`${output}.map`, map ?? '');
  writeFileSync(output, `${code}\n//# sourceMappingURL=${output.split('/').pop()}.map\n`);
}

async function build(folder) {
  if (existsSync(join(folder, 'vite.config.mjs'))) return buildConsole(folder);
  const from = join(folder, 'src');
  const to = join(folder, 'dist');
  const sources = filesBelow(from).filter(isSource);
  const outputs = new Set(sources.flatMap((source) => [outputOf(source, from, to), `${outputOf(source, from, to)}.map`]));
  for (const leftover of filesBelow(to)) if (!outputs.has(leftover)) rmSync(leftover);
  const stale = sources.filter((source) => isStale(source, outputOf(source, from, to)));
  await Promise.all(stale.map((source) => compile(source, outputOf(source, from, to))));
  return stale.length;
}

const named = process.argv.slice(2);
const counts = await Promise.all(packages(named).map(build));
const compiled = counts.reduce((sum, count) => sum + count, 0);
if (compiled > 0) console.error(`built ${compiled} files`);
if (named.length === 0) await bundlePrograms(root);
