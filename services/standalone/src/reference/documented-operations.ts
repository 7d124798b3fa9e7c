import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the documents whose operations Holdfast offers: text files of public API descriptions. */
export const documentsFolder = (): string => resolve(process.env['HOLDFAST_SOURCES_DIR'] ?? '../shared/seeds');

/** An operation of an HTTP API; parameters of the path are written `*`. */
export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
}

const METHOD = String.raw`(GET|POST|PUT|PATCH|DELETE)`;
/** A part is lower case, or a parameter: what follows without a space, as `Create` or `JWT`, begins with a capital letter. */
const PART = String.raw`/(?:\[\w+\]|:[a-z]+(?:Id)?|[a-z0-9-]+)`;
const NAMED = new RegExp(String.raw`\b${METHOD}[ |]*((?:${PART})+)`, 'g');
const CALLED = new RegExp(String.raw`-X ${METHOD} "https://[^/"]+((?:${PART})+)`, 'g');
const ASSIGNED = /\bmutation \w+\([^)]*\) \{\s*(\w+)\(/g;

/** Tables that leave the prefix of the document out. */
const PREFIXES: readonly (readonly [string, string])[] = [['/cycle-count', '/api/inventory/cycle-count']];

/** Texts of the documents, in the order of their names; none where the folder is missing. */
export function readDocuments(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Every operation that the documents name in a table, a heading or a call, once each. */
export function operationsIn(documents: readonly string[]): readonly DocumentedOperation[] {
  const found = new Map<string, DocumentedOperation>();
  for (const match of documents.flatMap((text) => [...text.matchAll(NAMED), ...text.matchAll(CALLED)])) {
    const [, method = '', named = ''] = match;
    const path = anonymous(withPrefix(named));
    found.set(`${method} ${path}`, { method, path });
  }
  return [...found.values()];
}

/** Fields of GraphQL mutations that the documents show. */
export const mutationsIn = (documents: readonly string[]): readonly string[] =>
  documents.flatMap((text) => [...text.matchAll(ASSIGNED)].map(([, field = '']) => field));

/** The path with `*` for each parameter, however it is written: `[id]`, `:id`, `{id}`. */
export const anonymous = (path: string): string => path.replaceAll(/\[\w+\]|:\w+|\{\w+\}/g, '*');

function withPrefix(path: string): string {
  const known = PREFIXES.find(([short]) => path === short || path.startsWith(`${short}/`));
  return known === undefined ? path : known[1] + path.slice(known[0].length);
}
