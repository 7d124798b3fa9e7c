import { isRecord } from '@holdfast/platform';

/** A JSON object that may be built up. */
export type Json = Record<string, unknown>;

export interface ServiceDocument {
  readonly service: string;
  readonly document: Json;
}

const KINDS = ['schemas', 'responses', 'parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes'] as const;
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const asObject = (value: unknown): Json => (isRecord(value) ? { ...value } : {});
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `channel-connector` and `Listing` make `ChannelConnectorListing`. */
const owned = (service: string, name: string): string =>
  service
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('') + name;

/** References by the new names of what was renamed. */
function withRefs(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withRefs(each, renamed));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string' ? (renamed.get(each) ?? each) : withRefs(each, renamed),
    ]),
  );
}

/** Names that mean something else in what was merged before. */
function clashes(components: Json, merged: Json, service: string): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const kind of KINDS) {
    const before = asObject(merged[kind]);
    for (const [name, value] of Object.entries(asObject(components[kind])))
      if (name in before && !same(before[name], value))
        renamed.set(`#/components/${kind}/${name}`, `#/components/${kind}/${owned(service, name)}`);
  }
  return renamed;
}

function addComponents(merged: Json, components: Json, renamed: ReadonlyMap<string, string>): void {
  for (const kind of KINDS) {
    const into = asObject(merged[kind]);
    for (const [name, value] of Object.entries(asObject(components[kind]))) {
      const final = renamed.get(`#/components/${kind}/${name}`)?.split('/').at(-1) ?? name;
      into[final] = withRefs(value, renamed);
    }
    if (Object.keys(into).length > 0) merged[kind] = into;
  }
}

function addPaths(merged: Json, paths: Json, renamed: ReadonlyMap<string, string>): void {
  for (const [path, item] of Object.entries(paths)) {
    const into = asObject(merged[path]);
    for (const [key, value] of Object.entries(asObject(withRefs(item, renamed)))) {
      if (METHODS.some((method) => method === key)) into[key] = value;
      else into[key] ??= value;
    }
    merged[path] = into;
  }
}

/** One document of several: paths side by side, components of the same name but another meaning renamed after their service. */
export function mergeDocuments(base: Json, documents: readonly ServiceDocument[]): Json {
  const paths: Json = {};
  const components: Json = {};
  for (const { service, document } of documents) {
    const own = asObject(document['components']);
    const renamed = clashes(own, components, service);
    addComponents(components, own, renamed);
    addPaths(paths, asObject(document['paths']), renamed);
  }
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b)));
  return { ...base, paths: sorted, components };
}
