import { isRecord } from '../input/is-record.js';

const keysOf = (value: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();

/** JSON with the properties of every object in order, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  return `{${keysOf(value)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    .join(',')}}`;
}

/** Writes the same text in pieces, a step for each entry of its lists. */
export function* canonicalSteps(value: unknown, write: (text: string) => void): Generator<undefined, void> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      write(index === 0 ? '[' : ',');
      yield* canonicalSteps(each, write);
    }
    write(value.length === 0 ? '[]' : ']');
  } else if (isRecord(value) && Object.values(value).some(Array.isArray)) {
    for (const [index, key] of keysOf(value).entries()) {
      write(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
      yield* canonicalSteps(value[key], write);
    }
    write('}');
  } else {
    write(canonicalJson(value));
    yield;
  }
}
