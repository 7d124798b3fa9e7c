import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { MAY_IMPORT, TESTS_MAY_IMPORT } from './packages.js';

const SCOPE = '@holdfast/';

/** `libs/ledger` and the rest of a path inside the repository. */
const packageOf = (path) => {
  const [group, name, ...inside] = path.split(sep);
  return { key: `${group}/${name}`, name, inside: inside.join('/') };
};

const isForTests = (inside) => inside.startsWith('test/') || /\.spec\.ts$/.test(inside);

/** Packages meet at their index.ts, and only where the table of packages says so. */
export const moduleBoundaries = {
  meta: {
    type: 'problem',
    docs: { description: 'Packages import only those that the table allows, through their index.ts' },
    messages: {
      forbidden: '{{from}} may not import @holdfast/{{to}}. It may import: {{allowed}}.',
      deep: "Import '@holdfast/{{to}}' itself; what its index.ts does not export is its own business.",
      escape: "'{{source}}' leaves the package; import the other one by its name.",
      unlisted: 'Package {{from}} is not in the table of tools/eslint-rules/src/packages.js; say there what it may import.',
    },
    schema: [],
  },
  create(context) {
    const file = relative(context.cwd, context.filename);
    const { key, name, inside } = packageOf(file);
    if (isAbsolute(file) || file.startsWith('..') || !/^(libs|services|tools)\//.test(`${key}/`) || inside === '') return {};
    const table = MAY_IMPORT[key];
    const allowed = [...(table ?? []), ...(isForTests(inside) ? [...TESTS_MAY_IMPORT.everywhere, ...(TESTS_MAY_IMPORT[key] ?? [])] : [])];

    const checkOwn = (node, source) => {
      const [to, ...rest] = source.slice(SCOPE.length).split('/');
      if (to !== name && !allowed.includes(to))
        context.report({ node, messageId: 'forbidden', data: { from: key, to, allowed: allowed.join(', ') || 'nothing' } });
      else if (rest.length > 0) context.report({ node, messageId: 'deep', data: { to } });
    };
    const checkRelative = (node, source) => {
      const target = relative(context.cwd, resolve(dirname(context.filename), source));
      if (packageOf(target).key !== key) context.report({ node, messageId: 'escape', data: { source } });
    };
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      if (source.startsWith(SCOPE)) checkOwn(node.source, source);
      else if (source.startsWith('.')) checkRelative(node.source, source);
    };
    return {
      Program(node) {
        if (table === undefined) context.report({ node, messageId: 'unlisted', data: { from: key } });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
