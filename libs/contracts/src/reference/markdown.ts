import type { JsonSchema, ObjectSchema } from '../schemas/json-schema.js';

/** A schema in a few words: `string`, `integer ≥ 0`, `list of {sku, quantity}`. */
export function inShort(schema: JsonSchema): string {
  if ('oneOf' in schema) return schema.oneOf.map(inShort).join(' or ');
  switch (schema.type) {
    case 'string':
      if (schema.const !== undefined) return `"${schema.const}"`;
      if (schema.enum !== undefined) return schema.enum.map((value) => `"${value}"`).join(', ');
      return schema.format === undefined ? 'string' : 'time';
    case 'integer':
    case 'number':
      return [schema.type, bounds(schema.minimum, schema.maximum)].filter((part) => part !== '').join(' ');
    case 'array':
      return `list of ${inShort(schema.items)}`;
    case 'object':
      return Object.keys(schema.properties).length === 0 ? 'object' : `{${Object.keys(schema.properties).join(', ')}}`;
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return schema satisfies never;
  }
}

function bounds(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? `≥ ${minimum}` : `${minimum} to ${maximum}`;
}

/** Fields of an object as a table; those of nested objects and lists are named by their path. */
export function fieldTable(schema: ObjectSchema): string {
  const rows = fieldRows(schema, '');
  if (rows.length === 0) return 'No fields: the name says it all.';
  return ['| field | type | required | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fieldRows(schema: ObjectSchema, path: string): readonly string[] {
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    const full = `${path}${name}`;
    const needed = schema.required.includes(name) ? 'yes' : '';
    const row = `| \`${full}\` | ${inShort(field)} | ${needed} | ${field.description ?? ''} |`;
    return [row, ...nestedRows(field, full)];
  });
}

function nestedRows(field: JsonSchema, path: string): readonly string[] {
  if ('oneOf' in field) return [];
  if (field.type === 'object') return fieldRows(field, `${path}.`);
  return field.type === 'array' && 'type' in field.items && field.items.type === 'object' ? fieldRows(field.items, `${path}[].`) : [];
}

export const GENERATED = '<!-- Written by `npm run docs:reference` from libs/contracts; edit the schemas there. -->';
