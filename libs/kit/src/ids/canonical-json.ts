const membersOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));

/**
 * JSON without white space and with the properties of every object in the order of their UTF-16 code units, as RFC 8785 has it for text,
 * whole numbers, true, false and null: equal values give equal texts. What is undefined is left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = membersOf(value).map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** Writes the same text in pieces, a step for each entry of its lists. */
export function* canonicalSteps(value: unknown, write: (text: string) => void): Generator<undefined, void> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      write(index === 0 ? '[' : ',');
      yield* canonicalSteps(each, write);
    }
    write(value.length === 0 ? '[]' : ']');
  } else if (typeof value === 'object' && value !== null && Object.values(value).some(Array.isArray)) {
    for (const [index, [name, member]] of membersOf(value).entries()) {
      write(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
      yield* canonicalSteps(member, write);
    }
    write('}');
  } else {
    write(canonicalJson(value));
    yield;
  }
}
