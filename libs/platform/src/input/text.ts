import { IsBoolean, IsIn, IsString, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { identifierFault, MAX_ID_LENGTH, SENT_IDENTIFIER, SKU, skuFault, storedText, textFault } from '@holdfast/kit';
import { MAX_NAME_LENGTH } from './limits.js';
import type { PropertyOptions } from './property.js';
import { property } from './property.js';

const tidied = (value: unknown): unknown => (typeof value === 'string' ? storedText(value) : value);

/** Ids may hold a space and a plus: a raw plus of a query may mean either. */
const ID_READING = { read: tidied, rawPlus: 'refused' } as const;

/** A check whose message depends on the value. */
const faultless = (name: string, faultOf: (value: unknown) => string | undefined): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value) => faultOf(value) === undefined,
      defaultMessage: (checked) => faultOf(checked?.value) ?? '',
    },
  });

const idSchema = (pattern: string) => ({ type: String, minLength: 1, maxLength: MAX_ID_LENGTH, pattern }) as const;

/** An id that the caller chose; trimmed. */
export const IsIdentifier = (options: PropertyOptions = {}): PropertyDecorator =>
  property(idSchema(SENT_IDENTIFIER), options, [faultless('isIdentifier', identifierFault)], ID_READING);

/** An id that a spreadsheet would change: a SKU or a barcode; trimmed. */
const IsCode = (options: PropertyOptions): PropertyDecorator =>
  property(idSchema(SKU), options, [faultless('isSku', skuFault)], ID_READING);

export const IsSku = (options: PropertyOptions = {}): PropertyDecorator =>
  IsCode({ description: 'Stock keeping unit', example: 'TEE-BLACK-M', ...options });

export const IsBarcode = (options: PropertyOptions = {}): PropertyDecorator =>
  IsCode({ description: 'UPC or EAN', example: '4006381333931', ...options });

export const IsLocationId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Location (warehouse, store, hub)', example: 'MAIN', ...options });

export const IsChannelId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Sales channel', example: 'web', ...options });

export const IsOrderId = (options: PropertyOptions = {}): PropertyDecorator =>
  IsIdentifier({ description: 'Order of the shop', example: 'order-1001', ...options });

const storableFault = (value: unknown): string | undefined => (typeof value === 'string' ? textFault(value) : undefined);

/** Free text, trimmed and composed; `min` and `max` count characters, 1 and 200 when not given. */
export function IsText(options: PropertyOptions & { min?: number; max?: number; pattern?: RegExp } = {}): PropertyDecorator {
  const { min = 1, max = MAX_NAME_LENGTH, pattern } = options;
  const schema = { type: String, minLength: min, maxLength: max, ...(pattern ? { pattern: pattern.source } : {}) };
  const checks = [
    IsString(),
    faultless('isStorable', storableFault),
    MinLength(min),
    MaxLength(max),
    ...(pattern ? [Matches(pattern)] : []),
  ];
  return property(schema, options, checks, { read: tidied });
}

/** One of the strings given. */
export const IsOneOf = (values: readonly string[], options: PropertyOptions = {}): PropertyDecorator =>
  property({ type: String, enum: [...values] }, options, [IsIn([...values], { message: `must be one of ${values.join(', ')}` })]);

/** A JSON boolean; with `query`, the strings `true`, `false`, `1` and `0` too. */
export function IsFlag(options: PropertyOptions & { query?: boolean } = {}): PropertyDecorator {
  const words: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };
  const read = (value: unknown): unknown => (typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : value);
  return property({ type: Boolean }, options, [IsBoolean()], options.query === true ? { read } : {});
}
