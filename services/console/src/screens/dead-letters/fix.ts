import type { JsonObject } from '../../ui/json.js';

export interface Letter {
  readonly value: string | null;
  readonly fix: JsonObject | null;
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a letter's message as they came; none where it is no message of Holdfast. */
function fieldsOf({ value }: Letter): JsonObject {
  try {
    const event: unknown = JSON.parse(value ?? '');
    return isObject(event) && isObject(event['data']) ? event['data'] : {};
  } catch {
    return {};
  }
}

/** The message to mend: with what was mended before, where it was sent again already. */
export function mendable(letter: Letter): JsonObject {
  return Object.fromEntries(Object.entries({ ...fieldsOf(letter), ...letter.fix }).filter(([, value]) => value !== null));
}

/** What must be set in the message as it came so that it is the one typed: changed fields, and null for those taken away. */
export function fixOf(letter: Letter, typed: JsonObject): JsonObject | undefined {
  const before = fieldsOf(letter);
  const changed = Object.entries(typed).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  const gone = Object.keys(before).filter((name) => !(name in typed));
  const fix = Object.fromEntries([...changed, ...gone.map((name) => [name, null] as const)]);
  return Object.keys(fix).length === 0 ? undefined : fix;
}
