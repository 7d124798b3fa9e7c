import type { JsonSchema, ObjectSchema } from './json-schema.js';

export interface OptionalField {
  readonly optional: JsonSchema;
}

type IsOptional<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? true : false;

/**
 * A schema for each field of a TypeScript type, no more and no fewer, optional where the type says so:
 * a field added to the type and forgotten here does not compile. `type` is left out, it is the name of the event.
 */
export type Fields<T> = {
  readonly [Key in keyof T as Key extends 'type' ? never : Key]-?: IsOptional<T, Key> extends true ? OptionalField : JsonSchema;
};

export const optional = (schema: JsonSchema): OptionalField => ({ optional: schema });

const isOptional = (field: JsonSchema | OptionalField): field is OptionalField => 'optional' in field;

/**
 * The object schema of a type. Readers of events must bear fields that a later minor version adds, so these schemas are open;
 * what people send is `closed`, so that a misspelt field is told instead of lost.
 */
export function objectOf<T>(fields: Fields<T>, options: { readonly description?: string; readonly closed?: boolean } = {}): ObjectSchema {
  const entries = Object.entries<JsonSchema | OptionalField>(fields);
  return {
    type: 'object',
    ...(options.description === undefined ? {} : { description: options.description }),
    properties: Object.fromEntries(entries.map(([name, field]) => [name, isOptional(field) ? field.optional : field])),
    required: entries.filter(([, field]) => !isOptional(field)).map(([name]) => name),
    additionalProperties: options.closed !== true,
  };
}
