const resolve = (document, value) =>
  value?.$ref === undefined
    ? value
    : value.$ref
        .split('/')
        .slice(1)
        .reduce((found, key) => found[key], document);

/** The least value of a schema: its required members only. */
function least(document, given) {
  const schema = resolve(document, given);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => least(document, each)));
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return least(document, alternatives[0]);
  switch ([schema.type].flat()[0]) {
    case 'array':
      return [least(document, schema.items)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return typeof schema.example === 'string' ? schema.example : 'A';
    default:
      return Object.fromEntries((schema.required ?? []).map((name) => [name, least(document, schema.properties[name])]));
  }
}

function argumentsOf(document, { path, method, pathParameters, body, query }) {
  const operation = document.paths[path][method.toLowerCase()];
  const given = pathParameters.map((name) => `a ${name}`);
  if (body !== undefined)
    given.push(body.type === 'application/json' ? least(document, operation.requestBody.content[body.type].schema) : 'sku,quantity');
  if (query !== undefined) {
    const required = operation.parameters.map((each) => resolve(document, each)).filter((each) => each.in === 'query' && each.required);
    given.push(Object.fromEntries(required.map(({ name, schema }) => [name, least(document, schema)])));
  }
  return given.map((each) => JSON.stringify(each)).join(', ');
}

/** A call of every operation with the least that it takes, for the type test. */
export const printCalls = (document, operations) =>
  `import type { Holdfast, OperationId } from '../../src/index.js';\n\n` +
  `type Calls = Readonly<Record<OperationId, (holdfast: Holdfast) => PromiseLike<unknown> | AsyncIterable<unknown>>>;\n\n` +
  `export const everyOperation: Calls = {\n` +
  operations.map((each) => `  '${each.id}': (holdfast) => holdfast.${each.id}(${argumentsOf(document, each)}),\n`).join('') +
  `};\n`;
