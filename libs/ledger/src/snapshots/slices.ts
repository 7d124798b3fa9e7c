import { createHash } from 'node:crypto';

/** Elements of a long array that are written before the event loop gets a turn; about a millisecond where they are objects. */
const SLICE = 2_000;
/** A text longer than this is followed by a pause. */
const LONG = 1_000;

export interface WrittenJson {
  readonly json: string;
  /** SHA-256 of the JSON, hexadecimal. */
  readonly digest: string;
}

/**
 * Returns the same text as `JSON.stringify`, and its digest, but pauses for the event loop: a hundred thousand holds written at once would
 * block every other caller. Long arrays are cut where they are the value itself or a property of nested objects.
 * @param value plain JSON that does not change any more
 */
export async function jsonInSlices(value: unknown): Promise<WrittenJson> {
  const digest = createHash('sha256');
  const parts: string[] = [];
  for (const part of slices(value)) {
    digest.update(part);
    parts.push(part);
    if (part.length > LONG) await new Promise((resolve) => setImmediate(resolve));
  }
  return { json: parts.join(''), digest: digest.digest('hex') };
}

function* slices(value: unknown): Generator<string> {
  if (Array.isArray(value)) yield* arraySlices(value);
  else if (typeof value === 'object' && value !== null) {
    let separator = '{';
    for (const [key, property] of Object.entries(value)) {
      if (property === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* slices(property);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  } else yield JSON.stringify(value);
}

function* arraySlices(array: readonly unknown[]): Generator<string> {
  yield '[';
  for (let from = 0; from < array.length; from += SLICE) {
    const slice = JSON.stringify(array.slice(from, from + SLICE)).slice(1, -1);
    yield from === 0 ? slice : `,${slice}`;
  }
  yield ']';
}
