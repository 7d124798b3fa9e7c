/** How a method answers, by the type of its answer. */
function resultOf({ id, list, answer }) {
  if (answer === 'text/event-stream') return 'AsyncIterable<ServerSentEvent>';
  if (list !== undefined) return `Pages<ValueOf<'${id}'>, ItemOf<'${id}', '${list}'>>`;
  return `Call<ValueOf<'${id}'>, CodesOf<'${id}'>>`;
}

function parametersOf({ id, pathParameters, body, query, answer }) {
  const given = [
    ...pathParameters.map((name) => ({ name, type: 'string', optional: false })),
    ...(body === undefined ? [] : [{ name: 'body', type: `BodyOf<'${id}'>`, optional: body.optional }]),
    ...(query === undefined ? [] : [{ name: 'query', type: `QueryOf<'${id}'>`, optional: query.optional }]),
    { name: 'options', type: answer === 'text/event-stream' ? 'FollowOptions' : 'CallOptions', optional: true },
  ];
  // A parameter after which another must be given cannot be left out.
  const last = given.findLastIndex(({ optional }) => !optional);
  return given.map(({ name, type, optional }, index) =>
    optional ? (index > last ? `${name}?: ${type}` : `${name}: ${type} | undefined`) : `${name}: ${type}`,
  );
}

function methodOf(operation) {
  const { verb, method, path, summary, permissions } = operation;
  const needs = permissions.length === 0 ? '' : ` Needs ${permissions.map((each) => `\`${each}\``).join(', ')}.`;
  return `    /** ${summary}. \`${method} ${path}\`.${needs} */\n    ${verb}(${parametersOf(operation).join(', ')}): ${resultOf(operation)};\n`;
}

const IMPORTS = `import type { Call, CallOptions } from '../requests/call.js';
import type { Pages } from '../pages/pages.js';
import type { FollowOptions, ServerSentEvent } from '../stream/server-sent-events.js';
import type { BodyOf, ItemOf, QueryOf, ValueOf } from '../types.js';

`;

/** The methods of the client, by namespace, with the codes that each may be refused with. */
export function printResources(operations) {
  const byNamespace = Map.groupBy?.(operations, ({ namespace }) => namespace) ?? grouped(operations);
  const resources = [...byNamespace].map(([namespace, methods]) => `  readonly ${namespace}: {\n${methods.map(methodOf).join('')}  };\n`);
  const codes = operations
    .filter((each) => each.codes.length > 0)
    .map(({ id, codes: each }) => `  '${id}': ${each.map((code) => `'${code}'`).join(' | ')};\n`);
  return (
    `${IMPORTS}export interface Resources {\n${resources.join('')}}\n\n` +
    `/** Refusals that the document names for an operation. */\nexport interface Codes {\n${codes.join('')}}\n\n` +
    `type CodesOf<Id extends string> = Id extends keyof Codes ? Codes[Id] : never;\n`
  );
}

function grouped(operations) {
  const groups = new Map();
  for (const each of operations) groups.set(each.namespace, [...(groups.get(each.namespace) ?? []), each]);
  return groups;
}

const ANSWERS = { 'text/event-stream': 'e', 'text/csv': 't' };
const REPEATS = { key: 'k', natural: '', none: 'n' };

/** `k`: takes an idempotency key, `n`: must not be repeated, `b` and `c`: has a JSON or CSV body, `q`: a query, `p`: a position to wait for. */
const flagsOf = ({ repeat, body, query, takesPosition, answer }) =>
  [
    REPEATS[repeat],
    body === undefined ? '' : body.type === 'application/json' ? 'b' : 'c',
    query === undefined ? '' : 'q',
    takesPosition ? 'p' : '',
    ANSWERS[answer] ?? '',
  ].join('');

/** One line an operation: id, method, path, flags, list of a page. */
export const printTable = (operations, version) =>
  `export const API_VERSION = '${version}';\n\n` +
  `/** Read by operation-table.ts. */\nexport const OPERATIONS: readonly string[] = [\n` +
  operations.map((each) => `  '${[each.id, each.method, each.path, flagsOf(each), each.list ?? ''].join(' ').trimEnd()}',\n`).join('') +
  `];\n`;
