/** Names of the surroundings: time, chance, the process, the network, the console. */
const SURROUNDINGS = new Set([
  'performance',
  'crypto',
  'process',
  'global',
  'globalThis',
  'console',
  'fetch',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'WeakRef',
]);

const isMember = (node, object, property) =>
  node.parent.type === 'MemberExpression' && node.parent.object === node && node.name === object && node.parent.property.name === property;

/** The clock is read by Date.now(), by Date() and by new Date() without arguments; new Date(ms) only counts. */
const readsClock = (node) => {
  if (node.name !== 'Date') return false;
  const { parent } = node;
  if (parent.type === 'NewExpression' && parent.callee === node) return parent.arguments.length === 0;
  if (parent.type === 'CallExpression' && parent.callee === node) return true;
  return parent.type !== 'MemberExpression' || isMember(node, 'Date', 'now');
};

const isType = (node) => node.parent.type === 'TSTypeReference' || node.parent.type === 'TSTypeQuery';

/** References that no declaration of the file answers. */
const globalReferences = (scope) => [
  ...scope.through,
  ...[...scope.set.values()].filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references),
];

/** Decisions are the same whenever and wherever they are taken: no clock, no chance, no waiting, nothing but siblings imported. */
export const pureDomain = {
  meta: {
    type: 'problem',
    docs: { description: 'No clock, randomness, surroundings, promises or foreign imports' },
    messages: {
      clock: 'The domain does not read the clock; the command carries the time.',
      chance: 'The domain does not draw lots; the command carries the ids.',
      surroundings: 'The domain does not know {{name}}.',
      foreign: "The domain imports its siblings only, not '{{source}}'.",
      waits: 'A decision does not wait; it is one function of state and command.',
    },
    // Packages of the domain itself, which may be imported as siblings are.
    schema: [{ type: 'object', properties: { domain: { type: 'array', items: { type: 'string' } } }, additionalProperties: false }],
  },
  create(context) {
    const { domain = [] } = context.options[0] ?? {};
    const checkSource = (node) => {
      const source = node.source?.value;
      if (source !== undefined && !String(source).startsWith('.') && !domain.includes(source))
        context.report({ node: node.source, messageId: 'foreign', data: { source } });
    };
    const checkFunction = (node) => {
      if (node.async) context.report({ node, messageId: 'waits' });
    };
    return {
      ImportDeclaration: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      ImportExpression: checkSource,
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
      AwaitExpression: (node) => context.report({ node, messageId: 'waits' }),
      'Program:exit'(program) {
        for (const { identifier } of globalReferences(context.sourceCode.getScope(program))) {
          if (isType(identifier)) continue;
          if (readsClock(identifier)) context.report({ node: identifier, messageId: 'clock' });
          else if (isMember(identifier, 'Math', 'random')) context.report({ node: identifier, messageId: 'chance' });
          else if (SURROUNDINGS.has(identifier.name))
            context.report({ node: identifier, messageId: 'surroundings', data: { name: identifier.name } });
        }
      },
    };
  },
};
