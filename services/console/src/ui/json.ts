export type JsonObject = Record<string, unknown>;

/** The object that a text of JSON holds. @throws SyntaxError naming the place, TypeError where it is something else */
export function objectOf(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('{ … } is wanted');
  return value as JsonObject;
}

/** As people read it. */
export const shown = (value: unknown): string => JSON.stringify(value, null, 2);
