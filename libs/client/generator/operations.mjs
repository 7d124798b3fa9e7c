const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const resolve = (document, value) =>
  value?.$ref === undefined
    ? value
    : value.$ref
        .split('/')
        .slice(1)
        .reduce((found, key) => found[key], document);

/** Words like `insufficient_stock` in what the document says of refusals: the codes that this operation may answer besides the common ones. */
const codesOf = (responses) => [
  ...new Set(
    Object.entries(responses)
      .filter(([status]) => status.startsWith('4'))
      .flatMap(([, { description = '' }]) => description.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []),
  ),
];

function bodyOf(document, { requestBody }) {
  if (requestBody === undefined) return undefined;
  const schema = resolve(document, requestBody.content['application/json']?.schema);
  if (schema === undefined) return { type: Object.keys(requestBody.content)[0], optional: false };
  return { type: 'application/json', optional: (schema.required ?? []).length === 0 };
}

function answerOf({ responses }) {
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.keys(content ?? {}));
  return types[0];
}

function operationOf(document, path, method, operation) {
  const parameters = (operation.parameters ?? []).map((each) => resolve(document, each));
  const query = parameters.filter((each) => each.in === 'query');
  const [namespace, verb] = operation.operationId.split('.');
  return {
    id: operation.operationId,
    namespace,
    verb,
    method: method.toUpperCase(),
    path,
    pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    body: bodyOf(document, operation),
    query: query.length === 0 ? undefined : { optional: query.every(({ required }) => required !== true) },
    repeat: method === 'get' ? 'natural' : operation['x-idempotency'],
    takesPosition: parameters.some((each) => each.in === 'header' && each.name === 'holdfast-min-position'),
    list: operation['x-page']?.list,
    answer: answerOf(operation),
    codes: codesOf(operation.responses),
    summary: operation.summary,
    permissions: operation['x-permissions'],
  };
}

/** The operations of a document by their ids, with what a client must know of each. */
export const operationsOf = (document) =>
  Object.entries(document.paths)
    .flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.includes(method))
        .map(([method, operation]) => operationOf(document, path, method, operation)),
    )
    .sort((one, other) => (one.id < other.id ? -1 : 1));
