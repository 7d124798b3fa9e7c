import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { IDENTIFIER_PATTERN, isIdentifier } from './identifiers.js';
import { MAX_ID_LENGTH, MAX_NAME_LENGTH } from './limits.js';
import type { PropertyOptions } from './property.js';
import { property } from './property.js';

/** What makes a text impossible to store, as words after its field's name; undefined for any other text. Checked once for every request. */
export function textFault(value: string): string | undefined {
  if (value.includes('\u0000')) return 'must not hold the character NUL (U+0000)';
  // In Unicode mode a pair is one character, so this finds halves alone.
  return /\p{Surrogate}/u.test(value) ? 'must not hold half of a surrogate pair (U+D800 to U+DFFF)' : undefined;
}

const trimmed = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** An id that the caller chose; trimmed. */
export function IsIdentifier(options: PropertyOptions = {}): PropertyDecorator {
  const check = ValidateBy({
    name: 'isIdentifier',
    validator: {
      validate: isIdentifier,
      defaultMessage: () => `must be a string of 1 to ${MAX_ID_LENGTH} letters, digits, inner spaces or . _ ~ : / + -`,
    },
  });
  const schema = { type: String, minLength: 1, maxLength: MAX_ID_LENGTH, pattern: IDENTIFIER_PATTERN.source } as const;
  return property(schema, options, [trimmed(), check]);
}

export const IsSku = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Stock keeping unit', example: 'TEE-BLACK-M', ...options });

export const IsLocationId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Location (warehouse, store, hub)', example: 'MAIN', ...options });

export const IsChannelId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Sales channel', example: 'web', ...options });

export const IsOrderId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Order of the shop', example: 'order-1001', ...options });

/** Free text, trimmed; `min` and `max` count characters, 1 and 200 when not given. */
export function IsText(options: PropertyOptions & { min?: number; max?: number; pattern?: RegExp } = {}): PropertyDecorator {
  const { min = 1, max = MAX_NAME_LENGTH, pattern } = options;
  return property({ type: String, minLength: min, maxLength: max, ...(pattern ? { pattern: pattern.source } : {}) }, options, [
    trimmed(),
    IsString(),
    MinLength(min),
    MaxLength(max),
    ...(pattern ? [Matches(pattern)] : []),
  ]);
}

/** One of the strings given. */
export const IsOneOf = (values: readonly string[], options: PropertyOptions = {}): PropertyDecorator =>
  property({ type: String, enum: [...values] }, options, [IsIn([...values], { message: `must be one of ${values.join(', ')}` })]);

/** A JSON boolean; with `query`, the strings `true`, `false`, `1` and `0` too. */
export function IsFlag(options: PropertyOptions & { query?: boolean } = {}): PropertyDecorator {
  const words: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };
  const read = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (words[value] ?? value) : value));
  return property({ type: Boolean }, options, [...(options.query === true ? [read] : []), IsBoolean()]);
}
