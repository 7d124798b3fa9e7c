type Json = Readonly<Record<string, unknown>>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const asJson = (value: unknown): Json => (isJson(value) ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const resolveRef = (document: Json, ref: string): unknown =>
  ref.startsWith('#/')
    ? ref
        .slice(2)
        .split('/')
        .reduce<unknown>((value, part) => asJson(value)[part.replaceAll('~1', '/').replaceAll('~0', '~')], document)
    : undefined;

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* refsIn(each);
  if (!isJson(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === '$ref' && typeof each === 'string') yield each;
    else yield* refsIn(each);
  }
}

/** The parameters in a path's braces must be those that its operation declares. */
function* pathFaults(document: Json, path: string, operation: Json): Generator<string> {
  const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const declared = asList(operation['parameters'])
    .map((each) => asJson(typeof asJson(each)['$ref'] === 'string' ? resolveRef(document, String(asJson(each)['$ref'])) : each))
    .filter((parameter) => parameter['in'] === 'path');
  for (const name of named) if (!declared.some((parameter) => parameter['name'] === name)) yield `does not declare {${name}}`;
  for (const { name, required } of declared) {
    if (!named.includes(String(name))) yield `declares ${String(name)}, which the path has not`;
    if (required !== true) yield `path parameter ${String(name)} must be required`;
  }
}

const resolved = (document: Json, value: unknown): Json => {
  const { $ref } = asJson(value);
  return typeof $ref === 'string' ? asJson(resolveRef(document, $ref)) : asJson(value);
};

/** The JSON that a response carries; undefined where it has none, such as that of a 204 or of a stream. */
const schemaOf = (document: Json, response: unknown): Json | undefined => {
  const media = asJson(resolved(document, response)['content'])['application/json'];
  return media === undefined ? undefined : resolved(document, asJson(media)['schema']);
};

const isOpen = (schema: Json): boolean =>
  ['properties', 'items', 'allOf', 'oneOf', 'anyOf', 'enum'].every((key) => schema[key] === undefined);

function* answerFaults(document: Json, operation: Json): Generator<string> {
  for (const [status, response] of Object.entries(asJson(operation['responses'])).filter(([code]) => /^2/.test(code) && code !== '204')) {
    const { content } = asJson(response);
    if (content === undefined) yield `response ${status} has no schema`;
    const schema = schemaOf(document, response);
    if (schema !== undefined && isOpen(schema)) yield `response ${status} says nothing of its fields`;
    const fields = asJson(schema?.['properties']);
    const isPaged = fields['pagination'] !== undefined || fields['nextCursor'] !== undefined;
    const page = asJson(operation['x-page']);
    if (isPaged !== (typeof page['maxSize'] === 'number')) yield 'x-page and the pagination of the answer disagree';
    if (isPaged && asJson(fields[String(page['list'])])['type'] !== 'array') yield 'x-page names no list of the answer';
  }
}

/** What clients are generated from, besides schemas. */
function* extensionFaults(method: string, operation: Json): Generator<string> {
  if (!/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(String(operation['operationId']))) yield 'has an operationId that is not resource.verb';
  if (!Array.isArray(operation['x-permissions'])) yield 'has no x-permissions';
  if (method !== 'get' && !['key', 'natural', 'none'].includes(String(operation['x-idempotency']))) yield 'has no x-idempotency';
}

function* operationFaults(document: Json, path: string, method: string, operation: Json): Generator<string> {
  yield* pathFaults(document, path, operation);
  yield* answerFaults(document, operation);
  yield* extensionFaults(method, operation);
  if (typeof operation['summary'] !== 'string' || operation['summary'].trim() === '') yield 'has no summary';
  const tags = asList(operation['tags']);
  if (tags.length !== 1) yield `stands under ${tags.length} tags, not one`;
  const responses = Object.entries(asJson(operation['responses']));
  if (!responses.some(([status]) => status.startsWith('2'))) yield 'describes no success';
  if (asJson(operation['responses'])['default'] === undefined) yield 'describes no refusal';
  for (const [status, response] of responses)
    if (asJson(response)['$ref'] === undefined && typeof asJson(response)['description'] !== 'string')
      yield `response ${status} has no description`;
  const schemes = asJson(asJson(document['components'])['securitySchemes']);
  const security = asList(operation['security']);
  if (security.length === 0) yield 'says nothing of who may call it';
  for (const scheme of security.flatMap((each) => Object.keys(asJson(each))))
    if (!(scheme in schemes)) yield `names the unknown scheme ${scheme}`;
}

/** What is wrong with an OpenAPI 3.1 document: its frame, operations, summaries, parameters, references and ids. Empty when all is well. */
export function openApiFaults(document: Json): readonly string[] {
  const faults: string[] = [];
  if (!/^3\.1\.\d+$/.test(String(document['openapi']))) faults.push('is not of version 3.1');
  if (typeof asJson(document['info'])['title'] !== 'string' || typeof asJson(document['info'])['version'] !== 'string')
    faults.push('has no info');
  const seen = new Set<unknown>();
  for (const [path, item] of Object.entries(asJson(document['paths'])))
    for (const [method, operation] of Object.entries(asJson(item)).filter(([key]) => METHODS.includes(key))) {
      const where = `${method.toUpperCase()} ${path}`;
      const { operationId } = asJson(operation);
      if (operationId === undefined || seen.has(operationId))
        faults.push(`${where}: operationId ${String(operationId)} is missing or taken`);
      seen.add(operationId);
      for (const fault of operationFaults(document, path, method, asJson(operation))) faults.push(`${where}: ${fault}`);
    }
  for (const ref of new Set(refsIn(document))) if (resolveRef(document, ref) === undefined) faults.push(`${ref} leads nowhere`);
  return faults;
}
