import type { Operation } from '../operation-table.js';
import type { FileBody } from '../types.js';
import type { CallOptions } from './call.js';

export type Query = Readonly<Record<string, unknown>>;

/** What a method of the client was called with. */
export interface Arguments {
  readonly path: readonly string[];
  readonly body: unknown;
  readonly query: Query;
  readonly options: CallOptions;
}

/** Reads the arguments of a method: those of the path in their order, then the body, the query and the options. */
export function argumentsOf({ pathParameters, body, hasQuery }: Operation, given: readonly unknown[]): Arguments {
  const rest = given.slice(pathParameters);
  return {
    path: given.slice(0, pathParameters).map(String),
    body: body === undefined ? undefined : rest.shift(),
    query: ((hasQuery ? rest.shift() : undefined) ?? {}) as Query,
    options: rest.shift() ?? {},
  };
}

const queryText = (query: Query): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
};

/** The address of a call behind that of the gateway. */
export function targetOf({ path }: Operation, { path: values, query }: Arguments): string {
  const left = [...values];
  return path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? '')) + queryText(query);
}

interface Content {
  readonly type: string | undefined;
  readonly body: FileBody | undefined;
}

/** The body of a call: JSON, or a file as it is. A form names its own type, with the boundary between its parts. */
export function contentOf({ body: kind }: Operation, { body }: Arguments): Content {
  if (kind === undefined) return { type: undefined, body: undefined };
  if (kind === 'json') return { type: 'application/json', body: JSON.stringify(body ?? {}) };
  return { type: body instanceof FormData ? undefined : 'text/csv', body: body as FileBody };
}
