import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Files of the package that a source imports, types included; packages themselves import in one direction, see packages.js. */
const importsOf = (path, text) =>
  ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => sourceOf(resolve(dirname(path), fileName)));

const sourceOf = (path) => path.replace(/\.js$/, existsSync(path) ? '.js' : '.ts');

const known = new Map();

/** As above of a file on disk, read once for as long as it does not change. */
function importsOnDisk(path) {
  const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changedAt === undefined) return [];
  const found = known.get(path);
  if (found?.changedAt === changedAt) return found.imports;
  const imports = importsOf(path, readFileSync(path, 'utf8'));
  known.set(path, { changedAt, imports });
  return imports;
}

/** The shortest way by imports from one file to another, both included; undefined where there is none. */
function wayBetween(from, to) {
  const cameFrom = new Map([[from, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === to) return wayBackFrom(file, cameFrom);
    for (const next of importsOnDisk(file)) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

function wayBackFrom(end, cameFrom) {
  const way = [];
  for (let file = end; file !== undefined; file = cameFrom.get(file)) way.unshift(file);
  return way;
}

/** No file imports itself by way of others, types included: files of a circle can only be read, moved and understood together. */
export const importCircles = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports between the files of a package do not go in a circle' },
    messages: { circle: 'Imports go in a circle: {{way}}. Move what both sides need into a file of its own.' },
    schema: [],
  },
  create(context) {
    const here = context.filename;
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const way = wayBetween(sourceOf(resolve(dirname(here), source)), here);
      if (way === undefined) return;
      const names = [here, ...way].map((file) => relative(context.cwd, file));
      context.report({ node: node.source, messageId: 'circle', data: { way: names.join(' -> ') } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
