import type { Type } from '@nestjs/common';
import { isIdentifier } from '@holdfast/kit';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy } from 'class-validator';
import type { PropertyOptions } from './property.js';
import { property } from './property.js';
import { isRecord } from './is-record.js';

export interface ListOptions extends PropertyOptions {
  readonly min?: number;
  readonly max: number;
}

const sized = ({ min = 1, max }: ListOptions): PropertyDecorator[] => [
  IsArray(),
  ArrayMinSize(min, { message: `must have at least ${min} entries` }),
  ArrayMaxSize(max, { message: `must have at most ${max} entries` }),
];

/** A list of objects, each validated; at least one unless `min` is 0. Too many are refused with the code `too_many_lines`. */
export function IsListOf(entry: () => new () => object, options: ListOptions): PropertyDecorator {
  const schema = { type: (): [Type] => [entry()], minItems: options.min ?? 1, maxItems: options.max };
  const objects = IsObject({ each: true, message: 'must hold objects only' });
  return property(schema, options, [...sized(options), objects], { holds: entry });
}

/** One nested object. */
export const IsNested = (entry: () => new () => object, options: PropertyOptions = {}): PropertyDecorator =>
  property({ type: () => entry() }, options, [IsObject({ message: 'must be an object' })], { holds: entry });

const MAX_OBJECT_LENGTH = 2_000;

/** An object of any fields, up to 2,000 characters of JSON unless told otherwise; the code that uses it checks its content. */
export function IsObjectOfAnything({ max = MAX_OBJECT_LENGTH, ...options }: PropertyOptions & { max?: number } = {}): PropertyDecorator {
  const check = ValidateBy({
    name: 'isObjectOfAnything',
    validator: {
      validate: (value) => isRecord(value) && JSON.stringify(value).length <= max,
      defaultMessage: () => `must be an object of at most ${max} characters of JSON`,
    },
  });
  return property({ type: Object }, options, [check]);
}

/** A list of some of the strings given. */
export function IsListOfSome(values: readonly string[], options: ListOptions): PropertyDecorator {
  const each = ValidateBy({
    name: 'isListOfSome',
    validator: {
      validate: (value) => Array.isArray(value) && value.every((one) => values.includes(one as string)),
      defaultMessage: () => `must hold some of ${values.join(', ')}`,
    },
  });
  const schema = { type: String, isArray: true, enum: [...values], minItems: options.min ?? 1, maxItems: options.max };
  return property(schema, options, [...sized(options), each]);
}

/** A list of ids. */
export function IsIdentifierList(options: ListOptions): PropertyDecorator {
  const each = ValidateBy({
    name: 'isIdentifierList',
    validator: {
      validate: (value) => Array.isArray(value) && value.every(isIdentifier),
      defaultMessage: () => 'must hold ids only',
    },
  });
  return property({ type: [String], minItems: options.min ?? 1, maxItems: options.max }, options, [...sized(options), each]);
}
