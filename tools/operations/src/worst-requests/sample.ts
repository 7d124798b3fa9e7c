import { isRecord } from '@holdfast/platform';

type Json = Readonly<Record<string, unknown>>;

/** Entries of a list that the document does not bound. */
const UNBOUNDED = 10_000;
const MAX_DEPTH = 12;

const asObject = (value: unknown): Json => (isRecord(value) ? value : {});
const asNumber = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/**
 * Makes the largest value that a schema of an OpenAPI document allows: every field, every list as long as it may be, ids that differ.
 * @param index makes the ids of one entry differ from those of the others
 */
export function largestOf(document: Json, schema: unknown, index = 0, depth = 0): unknown {
  const { $ref, allOf, type, enum: words, example, properties, items, ...rules } = asObject(schema);
  if (typeof $ref === 'string') return largestOf(document, referred(document, $ref), index, depth);
  if (Array.isArray(allOf)) return largestOf(document, allOf[0], index, depth);
  if (Array.isArray(words)) return words[0];
  if (depth > MAX_DEPTH) return null;
  if (type === 'array') return listOf(document, items, asNumber(rules['maxItems'], UNBOUNDED), depth);
  if (type === 'object' || properties !== undefined)
    return Object.fromEntries(
      Object.entries(asObject(properties)).map(([name, each]) => [name, largestOf(document, each, index, depth + 1)]),
    );
  if (type === 'integer' || type === 'number') return asNumber(rules['minimum'], 1);
  if (type === 'boolean') return true;
  return textOf(rules, example, index);
}

const listOf = (document: Json, items: unknown, length: number, depth: number): readonly unknown[] =>
  Array.from({ length }, (_, index) => largestOf(document, items, index, depth + 1));

function textOf(rules: Json, example: unknown, index: number): string {
  if (rules['format'] === 'date-time') return '2026-03-01T12:00:00Z';
  if (rules['pattern'] === undefined) return 'x'.repeat(Math.min(asNumber(rules['maxLength'], 20), 200));
  return `${typeof example === 'string' ? example : 'ID'}-${index}`;
}

function referred(document: Json, $ref: string): unknown {
  return $ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => asObject(at)[step], document);
}
